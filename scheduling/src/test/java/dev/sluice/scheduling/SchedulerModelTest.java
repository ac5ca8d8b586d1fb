package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of a scheduler, compared step by step with the {@link NaiveScheduler}, under a virtual clock that starts
 * in awkward places. A failure names its seed.
 */
class SchedulerModelTest {

    private static final int STEPS = 5_000;
    private static final long[] STARTS = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 20_000};
    private static final List<MethodPlan> PLANS = List.of(
            new MethodPlan("single", 1, 0),
            new MethodPlan("eager", 4, 0),
            new MethodPlan("patient", 8, 60),
            new MethodPlan("wide", 64, 200));
    private static final QueueLimits LIMITS = new QueueLimits(32, 5_000);

    static Stream<Arguments> lives() {
        return IntStream.range(0, 20)
                .boxed()
                .flatMap(seed -> Stream.of(Arguments.of("fifo", seed), Arguments.of("deadline", seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("lives")
    void decidesAsTheNaiveOneDoesAndEveryQueryLeavesOnce(String kind, int seed) {
        Life life = new Life(kind.equals("fifo"), seed);
        for (int step = 0; step < STEPS; step++) {
            life.step();
        }
        life.drain();
        life.checkLedger();
    }

    private static final class Life {
        private final Random random;
        private final Scheduler scheduler;
        private final NaiveScheduler model;
        private final Map<TestQuery, Integer> timesLeft = new HashMap<>();
        private final List<TestQuery> seen = new ArrayList<>();
        private final List<TestQuery> running = new ArrayList<>();
        private long now;

        Life(boolean fifo, int seed) {
            random = new Random(seed);
            now = STARTS[seed % STARTS.length];
            scheduler = fifo ? new FifoScheduler(PLANS, LIMITS) : new DeadlineScheduler(PLANS, LIMITS);
            model = new NaiveScheduler(fifo, PLANS, LIMITS);
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> arrive(1 + random.nextInt(4));
                case 3 -> cancelAny();
                case 4 -> handBackAny();
                case 5 -> now += random.nextInt(40);
                default -> decide(random.nextInt(3));
            }
            checkSizes();
        }

        private void arrive(int count) {
            for (int i = 0; i < count; i++) {
                String method = PLANS.get(random.nextInt(PLANS.size())).name();
                // Few distinct deadlines, so that ties are common; some are past already.
                long deadline = now - 10 + 20L * random.nextInt(16);
                TestQuery query =
                        new TestQuery(seen.size(), method, deadline, now - random.nextInt(5), random.nextInt(300));
                Refusal refusal = scheduler.offer(query, now);
                assertThat(refusal).isEqualTo(model.offer(query, now));
                assertThat(query.isQueued()).isEqualTo(refusal == null);
                if (refusal == null) {
                    timesLeft.put(query, 0);
                }
                seen.add(query);
            }
        }

        private void cancelAny() {
            if (!seen.isEmpty()) {
                TestQuery query = seen.get(Math.max(0, seen.size() - 1 - random.nextInt(40)));
                boolean removed = scheduler.remove(query);
                assertThat(removed).isEqualTo(model.remove(query));
                if (removed) {
                    leaves(query);
                }
            }
        }

        private void handBackAny() {
            for (int i = random.nextInt(4); i > 0 && !running.isEmpty(); i--) {
                TestQuery query = running.remove(random.nextInt(running.size()));
                timesLeft.merge(query, -1, Integer::sum);
                scheduler.offerAgain(query, now);
                model.offerAgain(query, now);
            }
        }

        /** Carries out decisions as a router would, until there is nothing to do at this moment. */
        private void decide(int replicas) {
            int free = replicas;
            while (true) {
                Decision decision = scheduler.poll(now, free);
                assertThat(text(decision)).isEqualTo(text(model.poll(now, free)));
                if (decision instanceof Decision.Dispatch dispatch) {
                    start(dispatch.batch());
                    free--;
                } else if (decision instanceof Decision.Shed shed) {
                    leaves((TestQuery) shed.query());
                } else {
                    if (decision instanceof Decision.WakeAt wake) {
                        checkAlarm(wake, free);
                    }
                    return;
                }
            }
        }

        private void start(Batch batch) {
            for (int i = 0; i < batch.size(); i++) {
                TestQuery query = (TestQuery) batch.get(i);
                assertThat(query.method()).isEqualTo(batch.method());
                assertThat(query.deadlineNanos() - now).as("time left").isPositive();
                leaves(query);
                running.add(query);
            }
        }

        /** Nothing happens before the alarm, and sometimes we go on from the moment it rings, when something must. */
        private void checkAlarm(Decision.WakeAt wake, int free) {
            assertThat(wake.nanos() - now).isPositive();
            assertThat(scheduler.poll(wake.nanos() - 1, free)).isEqualTo(wake);
            if (random.nextInt(10) == 0) {
                now = wake.nanos();
                int before = scheduler.size();
                decide(free);
                assertThat(scheduler.size()).isLessThan(before);
            }
        }

        void drain() {
            decide(0);
            while (scheduler.poll(now, 0) instanceof Decision.WakeAt wake) {
                now = wake.nanos();
                decide(random.nextInt(2));
                checkSizes();
                decide(0);
            }
        }

        private void leaves(TestQuery query) {
            assertThat(query.isQueued()).isFalse();
            timesLeft.merge(query, 1, Integer::sum);
        }

        private void checkSizes() {
            assertThat(scheduler.size()).isEqualTo(model.size());
            assertThat(scheduler.retainedBytes()).isEqualTo(model.retainedBytes());
            String method = PLANS.get(random.nextInt(PLANS.size())).name();
            assertThat(scheduler.size(method)).isEqualTo(model.size(method));
        }

        void checkLedger() {
            assertThat(scheduler.size()).isZero();
            assertThat(scheduler.retainedBytes()).isZero();
            assertThat(timesLeft).hasSizeGreaterThan(STEPS / 4);
            timesLeft.forEach((query, times) ->
                    assertThat(times).as("times that %s left", query).isEqualTo(1));
        }

        private static String text(Decision decision) {
            if (decision instanceof Decision.Dispatch dispatch) {
                return dispatch.batch().method() + Decisions.ids(dispatch.batch());
            }
            return decision.toString();
        }
    }
}
