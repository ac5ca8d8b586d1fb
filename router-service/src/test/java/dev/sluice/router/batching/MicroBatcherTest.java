package dev.sluice.router.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.testing.VirtualShard;
import dev.sluice.router.testing.VirtualTime;
import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class MicroBatcherTest {

    private static final QueueLimits WIDE = new QueueLimits(100_000, 1 << 20);
    private static final Duration SLO = Duration.ofSeconds(60);

    private final VirtualTime time = new VirtualTime();
    private final VirtualShard shard = time.newShard();
    private final Ends ends = new Ends();
    private final Arrivals<TestQuery> arrivals = new Arrivals<>();
    private MicroBatcher<TestQuery> batcher;

    @BeforeEach
    void waitsForNothingUnlessATestSaysSo() {
        use(fifo(4, Duration.ZERO, WIDE));
    }

    private void use(FifoScheduler scheduler) {
        batcher = new MicroBatcher<>(arrivals, TestQuery.class, scheduler, shard, ends);
    }

    private static FifoScheduler fifo(int maxBatchSize, Duration maxWait, QueueLimits limits) {
        return new FifoScheduler(
                List.of(
                        new MethodPlan("call", maxBatchSize, maxWait.toNanos()),
                        new MethodPlan("other", maxBatchSize, maxWait.toNanos())),
                limits);
    }

    private void start(long replicas) {
        batcher.subscribe(ends);
        time.run();
        if (replicas > 0) {
            ends.request(replicas);
            time.run();
        }
    }

    private TestQuery arrive(String name) {
        return arrive(name, "call", SLO);
    }

    private TestQuery arrive(String name, String method, Duration slo) {
        TestQuery query = new TestQuery(name, method, time.now(), slo.toNanos());
        arrivals.arrive(query);
        return query;
    }

    @Test
    void givesAFreeReplicaWhatIsThere() {
        start(1);
        arrive("a");
        arrive("b");
        time.run();
        assertThat(ends.batches).containsExactly("call[a, b]");
    }

    @Test
    void makesNoMoreBatchesThanThereIsRoomForWhateverWasAskedFor() {
        start(3);
        ends.room = 1;
        for (int i = 0; i < 12; i++) {
            arrive("q" + i);
        }
        time.run();
        assertThat(ends.batches).containsExactly("call[q0, q1, q2, q3]");

        ends.room = 1;
        batcher.look();
        time.run();
        assertThat(ends.batches).hasSize(2);
    }

    @Test
    void emitsAsManyBatchesAsAreAskedForAndNoMore() {
        start(0);
        for (int i = 0; i < 20; i++) {
            arrive("q" + i);
        }
        time.run();
        assertThat(ends.batches).isEmpty();

        ends.request(2);
        time.run();
        assertThat(ends.batches).containsExactly("call[q0, q1, q2, q3]", "call[q4, q5, q6, q7]");

        ends.request(1);
        time.run();
        assertThat(ends.batches).hasSize(3);
    }

    @Test
    void asksUpstreamForAllItHasWhateverDownstreamTakes() {
        List<Long> requests = new ArrayList<>();
        Flux<TestQuery> source = Flux.<TestQuery>never().doOnRequest(requests::add);
        batcher = new MicroBatcher<>(source, TestQuery.class, fifo(4, Duration.ZERO, WIDE), shard, ends);
        start(1);
        assertThat(requests).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void refusesWhatIsTooMuchAndLivesOn() {
        use(fifo(4, Duration.ZERO, new QueueLimits(10, 1 << 20)));
        start(0);
        for (int i = 0; i < 10_000; i++) {
            arrive("q" + i);
        }
        time.run();
        assertThat(ends.shed).hasSize(9_990).allMatch(shed -> shed.endsWith(" OVERLOADED"));
        assertThat(ends.signals).isEmpty();

        ends.request(100);
        time.run();
        arrive("later");
        time.run();
        assertThat(ends.batches).hasSize(4).contains("call[later]");
        assertThat(ends.signals).isEmpty();
    }

    @Test
    void sealsOneBatchOf140CallsThatComeTogether() {
        use(fifo(256, Duration.ofSeconds(5), WIDE));
        start(8);
        for (int i = 0; i < 140; i++) {
            arrive("q" + i);
            time.run();
        }
        time.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(ends.batches).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(ends.taken).hasSize(1);
        assertThat(ends.taken.get(0).size()).isEqualTo(140);
    }

    @Test
    void sealsAFullBatchBeforeTheWaitIsOver() {
        use(fifo(3, Duration.ofSeconds(5), WIDE));
        start(1);
        arrive("a");
        arrive("b");
        time.run();
        assertThat(ends.batches).isEmpty();
        arrive("c");
        time.run();
        assertThat(ends.batches).containsExactly("call[a, b, c]");
    }

    @Test
    void keepsMethodsApart() {
        start(2);
        arrive("a");
        arrive("x", "other", SLO);
        arrive("b");
        time.run();
        assertThat(ends.batches).containsExactly("call[a, b]", "other[x]");
    }

    @Test
    void shedsWhatExpiresOnTimeThoughNoReplicaIsFree() {
        start(0);
        arrive("soon", "call", Duration.ofMillis(10));
        arrive("late", "call", Duration.ofMillis(30));
        time.run();
        time.advance(Duration.ofMillis(10).minusNanos(1));
        assertThat(ends.shed).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(ends.shed).containsExactly("soon EXPIRED");
        time.advance(Duration.ofMillis(20));
        assertThat(ends.shed).containsExactly("soon EXPIRED", "late EXPIRED");
    }

    @Test
    void wakesEarlierWhenSomethingMoreUrgentComes() {
        start(0);
        arrive("late", "call", Duration.ofSeconds(10));
        time.run();
        arrive("soon", "call", Duration.ofMillis(1));
        time.run();
        time.advance(Duration.ofMillis(1));
        assertThat(ends.shed).containsExactly("soon EXPIRED");
        time.advance(Duration.ofSeconds(10));
        assertThat(ends.shed).containsExactly("soon EXPIRED", "late EXPIRED");
    }

    @Test
    void leavesNoTrailOfTimersBehind() {
        start(0);
        arrive("patient", "call", Duration.ofMinutes(10));
        time.run();
        for (int i = 0; i < 1_000; i++) {
            arrive("q" + i, "call", Duration.ofMillis(1));
            time.advance(Duration.ofMillis(1));
        }
        assertThat(ends.shed).hasSize(1_000);
        assertThat(time.pendingTimers()).isEqualTo(1);
        time.advance(Duration.ofMinutes(10));
        assertThat(ends.shed).contains("patient EXPIRED");
    }

    @Test
    void takesOutAQueryThatWaits() {
        start(0);
        TestQuery gone = arrive("gone");
        arrive("stays");
        time.run();
        batcher.remove(gone);
        ends.request(1);
        time.run();
        assertThat(ends.removed).containsExactly("gone");
        assertThat(ends.batches).containsExactly("call[stays]");
    }

    @Test
    void takesOutAQueryThatHasHardlyArrived() {
        start(1);
        batcher.remove(arrive("gone"));
        time.run();
        assertThat(ends.removed).containsExactly("gone");
        assertThat(ends.batches).isEmpty();
    }

    @Test
    void doesNotTakeOutWhatHasLeft() {
        start(1);
        TestQuery query = arrive("a");
        time.run();
        batcher.remove(query);
        time.run();
        assertThat(ends.batches).containsExactly("call[a]");
        assertThat(ends.removed).isEmpty();
    }

    @Test
    void putsWhatComesBackAtItsPlace() {
        start(1);
        arrive("a");
        arrive("b");
        time.run();
        arrive("c");
        time.run();
        batcher.giveBack((TestQuery) ends.taken.get(0).get(1));
        batcher.giveBack((TestQuery) ends.taken.get(0).get(0));
        ends.request(1);
        time.run();
        assertThat(ends.batches).containsExactly("call[a, b]", "call[a, b, c]");
    }

    @Test
    void takesBackMoreThanTheQueueHolds() {
        use(fifo(4, Duration.ZERO, new QueueLimits(1, 1 << 20)));
        start(1);
        TestQuery first = arrive("first");
        time.run();
        arrive("second");
        time.run();
        batcher.giveBack(first);
        time.run();
        assertThat(ends.shed).isEmpty();
        assertThat(batcher.size("call")).isEqualTo(2);
    }

    @Test
    void clearsTheQueue() {
        start(0);
        arrive("a");
        arrive("x", "other", SLO);
        time.run();
        batcher.clear();
        time.run();
        assertThat(ends.removed).containsExactlyInAnyOrder("a", "x");
        assertThat(batcher.retainedBytes()).isZero();
    }

    @Test
    void movesWhatWaitsToAnotherSchedulerInItsOrder() {
        start(0);
        arrive("relaxed", "call", Duration.ofSeconds(9));
        arrive("urgent", "call", Duration.ofSeconds(1));
        time.run();
        batcher.replaceScheduler(new DeadlineScheduler(List.of(new MethodPlan("call", 4, 0)), WIDE));
        arrive("more urgent", "call", Duration.ofMillis(500));
        ends.request(1);
        time.run();
        assertThat(ends.batches).containsExactly("call[more urgent, urgent, relaxed]");
    }

    @Test
    void losesQueriesOfAMethodThatANewSchedulerDoesNotKnow() {
        start(0);
        arrive("stays");
        arrive("x", "other", SLO);
        time.run();
        batcher.replaceScheduler(new FifoScheduler(List.of(new MethodPlan("call", 4, 0)), WIDE));
        arrive("y", "other", SLO);
        time.run();
        assertThat(ends.removed).containsExactly("x", "y");
        assertThat(batcher.size("call")).isEqualTo(1);
    }

    @Test
    void letsAQueryThatComesAfterANewSchedulerMeetThatOne() {
        start(1);
        batcher.replaceScheduler(new FifoScheduler(List.of(new MethodPlan("new", 4, 0)), WIDE));
        arrive("n", "new", SLO);
        time.run();
        assertThat(ends.batches).containsExactly("new[n]");
    }

    @Test
    void tellsWhichQueriesHaveToWait() {
        start(1);
        arrive("leaves");
        time.run();
        arrive("waits");
        TestQuery taken = arrive("taken out at once");
        batcher.remove(taken);
        time.run();
        assertThat(ends.waiting).containsExactly("waits");
    }

    @Test
    void endsAfterUpstreamWhenAllThatWaitedHasLeft() {
        Sinks.Many<TestQuery> source = Sinks.many().unicast().onBackpressureBuffer();
        batcher = new MicroBatcher<>(source.asFlux(), TestQuery.class, fifo(4, Duration.ZERO, WIDE), shard, ends);
        start(0);
        source.tryEmitNext(new TestQuery("a", "call", time.now(), SLO.toNanos()));
        source.tryEmitComplete();
        time.run();
        assertThat(ends.signals).isEmpty();
        ends.request(1);
        time.run();
        assertThat(ends.batches).containsExactly("call[a]");
        assertThat(ends.signals).containsExactly("complete");

        batcher.giveBack((TestQuery) ends.taken.get(0).get(0));
        ends.request(1);
        time.run();
        assertThat(ends.batches).hasSize(1);
        assertThat(ends.removed).containsExactly("a");
        assertThat(ends.signals).containsExactly("complete");
    }

    @Test
    void passesOnTheFailureOfUpstreamAfterWhatWaits() {
        Sinks.Many<TestQuery> source = Sinks.many().unicast().onBackpressureBuffer();
        batcher = new MicroBatcher<>(source.asFlux(), TestQuery.class, fifo(4, Duration.ZERO, WIDE), shard, ends);
        start(1);
        source.tryEmitNext(new TestQuery("a", "call", time.now(), SLO.toNanos()));
        source.tryEmitError(new IllegalStateException("upstream broke"));
        time.run();
        assertThat(ends.batches).containsExactly("call[a]");
        assertThat(ends.signals).containsExactly("error upstream broke");
    }

    @Test
    void takesOutWhatWaitsWhenDownstreamCancels() {
        Sinks.Many<TestQuery> source = Sinks.many().unicast().onBackpressureBuffer();
        batcher = new MicroBatcher<>(source.asFlux(), TestQuery.class, fifo(4, Duration.ZERO, WIDE), shard, ends);
        start(0);
        source.tryEmitNext(new TestQuery("a", "call", time.now(), SLO.toNanos()));
        time.run();
        ends.cancel();
        time.run();
        assertThat(source.currentSubscriberCount()).isZero();
        assertThat(ends.removed).containsExactly("a");
        ends.request(1);
        time.run();
        assertThat(ends.batches).isEmpty();
        assertThat(ends.signals).isEmpty();
    }

    @Test
    void hasOneSubscriber() {
        start(0);
        Ends second = new Ends();
        batcher.subscribe(second);
        assertThat(second.signals).containsExactly("error batches go to one dispatcher");
    }
}
