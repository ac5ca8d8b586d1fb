package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HedgingTest {

    private static final long MILLI = 1_000_000;
    private static final long START = Long.MAX_VALUE - 500 * MILLI;

    private final Fleet fleet = new Fleet();
    private final TrackedReplica first = fleet.join("first", START);
    private final TrackedReplica second = fleet.join("second", START);
    private long now = START;
    private DeadlineScheduler scheduler = scheduler(DeadlineSettings.DEFAULT.withHedging(true));

    private DeadlineScheduler scheduler(DeadlineSettings settings) {
        return new DeadlineScheduler(
                List.of(new MethodPlan(TestQuery.METHOD, 4, 0)), SchedulerContract.AMPLE, fleet, settings);
    }

    /** Two hundred batches of one that take 10 ms, and one in ten 12. */
    @BeforeEach
    void learn() {
        run(200);
    }

    private void run(int batches) {
        for (int i = 0; i < batches; i++) {
            TrackedReplica replica = i % 2 == 0 ? first : second;
            fleet.sent(replica, TestQuery.METHOD, 1, now);
            now += (i % 10 == 0 ? 12 : 10) * MILLI;
            fleet.ended(replica, TestQuery.METHOD, 1, now);
        }
    }

    private TestQuery ask(int id) {
        TestQuery query = TestQuery.due(id, now + 100 * MILLI, now);
        assertThat(scheduler.offer(query, now)).isNull();
        return query;
    }

    private TrackedReplica dispatch() {
        ask(1);
        TrackedReplica replica =
                Decisions.dispatched(scheduler.poll(now, fleet.freeCount())).replica();
        assertThat(replica).isNotNull();
        fleet.sent(replica, TestQuery.METHOD, 1, now);
        return replica;
    }

    private Decision poll() {
        return scheduler.poll(now, fleet.freeCount());
    }

    @Test
    void aBatchThatIsLateIsRunOnceMoreWhereAReplicaHasNothingToDo() {
        TrackedReplica late = dispatch();
        Decision wake = poll();
        assertThat(wake).isEqualTo(new Decision.WakeAt(now + 12 * MILLI));

        now += 12 * MILLI;
        TrackedReplica spare = late == first ? second : first;

        assertThat(poll()).isEqualTo(new Decision.Hedge(late, spare));
        fleet.hedged(late, spare, TestQuery.METHOD, 1, now);
        assertThat(poll()).isEqualTo(Decision.Idle.IDLE);
        assertThat(scheduler.view(now).hedges()).isEqualTo(1);
    }

    @Test
    void whicheverEndsFirstTheOtherIsFreeAgainAndTheTimesStayTrue() {
        TrackedReplica late = dispatch();
        now += 12 * MILLI;
        TrackedReplica spare = late == first ? second : first;
        poll();
        fleet.hedged(late, spare, TestQuery.METHOD, 1, now);
        now += 10 * MILLI;
        fleet.ended(spare, TestQuery.METHOD, 1, now);
        fleet.cutShort(late, TestQuery.METHOD, 1, now);

        assertThat(fleet.idleCount()).isEqualTo(2);
        assertThat(fleet.profile().typicalNanos(TestQuery.METHOD, 1)).isBetween(9 * MILLI, 11 * MILLI);
        assertThat(late.slowdown()).isEqualTo(1);
    }

    @Test
    void nothingIsHedgedWhileAQueryWaits() {
        fleet.sent(first, TestQuery.METHOD, 1, now);
        now += 12 * MILLI;
        ask(7);

        assertThat(poll()).isInstanceOf(Decision.Dispatch.class);
    }

    @Test
    void nothingIsHedgedWhereNoReplicaIsFree() {
        dispatch();
        dispatch();
        now += 12 * MILLI;

        assertThat(poll()).isEqualTo(Decision.Idle.IDLE);
    }

    @Test
    void hedgesAreAtMostTheirShareOfTheWork() {
        int hedged = 0;
        int batches = 500;
        for (int i = 0; i < batches; i++) {
            TrackedReplica late = dispatch();
            // All of them would be late.
            now += 12 * MILLI;
            if (poll() instanceof Decision.Hedge hedge) {
                hedged++;
                fleet.hedged(hedge.late(), hedge.spare(), TestQuery.METHOD, 1, now);
                now += MILLI;
                fleet.stopped(hedge.spare(), now);
            }
            fleet.stopped(late, now);
        }

        assertThat(hedged).isBetween(5, 4 + batches / 50);
    }

    @Test
    void isOffByDefault() {
        scheduler = scheduler(DeadlineSettings.DEFAULT);
        dispatch();
        now += 50 * MILLI;

        assertThat(poll()).isEqualTo(Decision.Idle.IDLE);
    }

    @Test
    void nothingIsHedgedThatWasNotMeasuredOftenEnough() {
        Fleet young = new Fleet();
        TrackedReplica busy = young.join("busy", now);
        young.join("idle", now);
        DeadlineScheduler fresh = new DeadlineScheduler(
                List.of(new MethodPlan(TestQuery.METHOD, 4, 0)),
                SchedulerContract.AMPLE,
                young,
                DeadlineSettings.DEFAULT.withHedging(true));
        for (int i = 0; i < 10; i++) {
            young.explored(busy, TestQuery.METHOD, 1, 10 * MILLI, now);
        }
        young.sent(busy, TestQuery.METHOD, 1, now);

        assertThat(fresh.poll(now + 50 * MILLI, 1)).isEqualTo(Decision.Idle.IDLE);
    }
}
