package dev.sluice.scheduling;

import static dev.sluice.scheduling.Decisions.dispatched;
import static dev.sluice.scheduling.Decisions.dispatchedIds;
import static dev.sluice.scheduling.TestQuery.METHOD;
import static dev.sluice.scheduling.TestQuery.due;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every scheduler promises, whatever its order. */
abstract class SchedulerContract {

    static final QueueLimits AMPLE = new QueueLimits(1_000_000, Long.MAX_VALUE);

    abstract Scheduler scheduler(List<MethodPlan> methods, QueueLimits limits);

    final Scheduler scheduler(int maxBatchSize, QueueLimits limits) {
        return scheduler(List.of(new MethodPlan(METHOD, maxBatchSize, 0)), limits);
    }

    @Test
    void isIdleWhileNothingIsQueued() {
        Scheduler scheduler = scheduler(4, AMPLE);

        assertThat(scheduler.poll(0, 1)).isSameAs(Decision.Idle.IDLE);
        assertThat(scheduler.size()).isZero();
        assertThat(scheduler.retainedBytes()).isZero();
    }

    @Test
    void dispatchesToAFreeReplicaAtOnceAndOnlyOnce() {
        Scheduler scheduler = scheduler(4, AMPLE);
        TestQuery query = due(1, 100, 0);

        assertThat(scheduler.offer(query, 0)).isNull();
        assertThat(query.isQueued()).isTrue();
        Batch batch = dispatched(scheduler.poll(0, 1));

        assertThat(batch.method()).isEqualTo(METHOD);
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.get(0)).isSameAs(query);
        assertThat(query.isQueued()).isFalse();
        assertThat(scheduler.poll(0, 1)).isSameAs(Decision.Idle.IDLE);
    }

    @Test
    void dispatchesNothingWhileNoReplicaIsFreeAndAsksToBeWokenForTheEarliestDeadline() {
        Scheduler scheduler = scheduler(1, AMPLE);
        scheduler.offer(due(1, 300, 0), 0);
        scheduler.offer(due(2, 200, 0), 0);

        assertThat(scheduler.poll(0, 0)).isEqualTo(new Decision.WakeAt(200));
        assertThat(scheduler.size()).isEqualTo(2);
    }

    @Test
    void shedsWhatReachesItsDeadlineWhileAllReplicasAreBusy() {
        Scheduler scheduler = scheduler(1, AMPLE);
        TestQuery early = due(1, 200, 0);
        scheduler.offer(due(2, 300, 0), 0);
        scheduler.offer(early, 0);

        assertThat(scheduler.poll(199, 0)).isEqualTo(new Decision.WakeAt(200));
        assertThat(scheduler.poll(200, 0)).isEqualTo(new Decision.Shed(early, Reason.EXPIRED));
        assertThat(early.isQueued()).isFalse();
        assertThat(scheduler.poll(200, 0)).isEqualTo(new Decision.WakeAt(300));
    }

    @Test
    void neverDispatchesWhatIsPastItsDeadline() {
        Scheduler scheduler = scheduler(8, AMPLE);
        TestQuery dead = due(1, 10, 0);
        scheduler.offer(dead, 0);
        scheduler.offer(due(2, 100, 0), 0);

        assertThat(scheduler.poll(50, 8)).isEqualTo(new Decision.Shed(dead, Reason.EXPIRED));
        assertThat(dispatchedIds(scheduler.poll(50, 8))).containsExactly(2);
    }

    @Test
    void refusesAQueryThatArrivesExpiredEvenWhenFull() {
        Scheduler scheduler = scheduler(1, new QueueLimits(1, 100));
        scheduler.offer(due(1, 100, 0), 0);

        assertThat(scheduler.offer(due(2, 50, 0), 50)).isEqualTo(new Refusal(Reason.EXPIRED));
        assertThat(scheduler.size()).isEqualTo(1);
    }

    @Test
    void acceptsExactlyAsManyQueriesAsTheLimitSays() {
        Scheduler scheduler = scheduler(1, new QueueLimits(3, 1_000));
        for (int i = 0; i < 3; i++) {
            assertThat(scheduler.offer(due(i, 100, 0), 0)).isNull();
        }
        TestQuery refused = due(3, 100, 0);

        assertThat(scheduler.offer(refused, 0)).isEqualTo(new Refusal(Reason.OVERLOADED));
        assertThat(refused.isQueued()).isFalse();
        assertThat(scheduler.size()).isEqualTo(3);

        dispatched(scheduler.poll(0, 1));
        assertThat(scheduler.offer(refused, 0)).isNull();
    }

    @Test
    void acceptsExactlyAsManyBytesAsTheLimitSays() {
        Scheduler scheduler = scheduler(1, new QueueLimits(100, 1_000));

        assertThat(scheduler.offer(sized(1, 600), 0)).isNull();
        assertThat(scheduler.offer(sized(2, 401), 0)).isEqualTo(new Refusal(Reason.OVERLOADED));
        assertThat(scheduler.offer(sized(3, 400), 0)).isNull();
        assertThat(scheduler.offer(sized(4, 0), 0)).isNull();
        assertThat(scheduler.offer(sized(5, 1), 0)).isEqualTo(new Refusal(Reason.OVERLOADED));
        assertThat(scheduler.retainedBytes()).isEqualTo(1_000);
    }

    @Test
    void refusesAQueryThatAloneIsLargerThanTheLimit() {
        Scheduler scheduler = scheduler(1, new QueueLimits(100, 1_000));

        assertThat(scheduler.offer(sized(1, 1_001), 0)).isEqualTo(new Refusal(Reason.OVERLOADED));
    }

    @Test
    void countsBytesWithoutOverflow() {
        Scheduler scheduler = scheduler(1, new QueueLimits(100, Long.MAX_VALUE));

        for (int i = 0; i < 100; i++) {
            assertThat(scheduler.offer(sized(i, Integer.MAX_VALUE), 0)).isNull();
        }
        assertThat(scheduler.retainedBytes()).isEqualTo(100L * Integer.MAX_VALUE);
    }

    @Test
    void givesBackExactlyTheBytesItChargedWhateverTheQuerySaysLater() {
        Scheduler scheduler = scheduler(1, AMPLE);
        Shrinking query = new Shrinking();
        scheduler.offer(query, 0);
        query.bytes = 1;

        scheduler.remove(query);

        assertThat(scheduler.retainedBytes()).isZero();
    }

    @Test
    void theLimitsHoldOverAllMethodsTogether() {
        Scheduler scheduler =
                scheduler(List.of(new MethodPlan("one", 1, 0), new MethodPlan("two", 1, 0)), new QueueLimits(2, 1_000));
        scheduler.offer(new TestQuery(1, "one", 100, 0, 1), 0);
        scheduler.offer(new TestQuery(2, "two", 100, 0, 1), 0);

        assertThat(scheduler.offer(new TestQuery(3, "two", 100, 0, 1), 0)).isEqualTo(new Refusal(Reason.OVERLOADED));
        assertThat(scheduler.size("one")).isEqualTo(1);
        assertThat(scheduler.size("two")).isEqualTo(1);
        assertThat(scheduler.size("three")).isZero();
    }

    @Test
    void removesAQueryOnceAndNoOther() {
        Scheduler scheduler = scheduler(4, AMPLE);
        TestQuery cancelled = due(2, 100, 0);
        scheduler.offer(due(1, 100, 0), 0);
        scheduler.offer(cancelled, 0);
        scheduler.offer(due(3, 100, 0), 0);

        assertThat(scheduler.remove(cancelled)).isTrue();
        assertThat(scheduler.remove(cancelled)).isFalse();
        assertThat(cancelled.isQueued()).isFalse();
        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(1, 3);
    }

    @Test
    void doesNotRemoveWhatItNeverHeldOrHoldsNoMore() {
        Scheduler scheduler = scheduler(4, AMPLE);
        Scheduler other = scheduler(4, AMPLE);
        TestQuery elsewhere = due(1, 100, 0);
        TestQuery gone = due(2, 100, 0);
        other.offer(elsewhere, 0);
        scheduler.offer(gone, 0);
        scheduler.poll(0, 1);
        scheduler.offer(due(3, 100, 0), 0);

        assertThat(scheduler.remove(elsewhere)).isFalse();
        assertThat(scheduler.remove(gone)).isFalse();
        assertThat(elsewhere.isQueued()).isTrue();
        assertThat(scheduler.size()).isEqualTo(1);
        assertThat(other.size()).isEqualTo(1);
    }

    @Test
    void canBeEmptiedByRemovingWhatItShows() {
        Scheduler scheduler = scheduler(List.of(new MethodPlan("one", 8, 0), new MethodPlan("two", 8, 0)), AMPLE);
        for (int i = 0; i < 20; i++) {
            scheduler.offer(new TestQuery(i, i % 3 == 0 ? "one" : "two", 100, 0, 1), 0);
        }
        int removed = 0;
        for (Queued query = scheduler.peek(); query != null; query = scheduler.peek()) {
            assertThat(scheduler.remove(query)).isTrue();
            removed++;
        }

        assertThat(removed).isEqualTo(20);
        assertThat(scheduler.size()).isZero();
    }

    @Test
    void theEarliestDeadlineIsForgottenWithItsQuery() {
        Scheduler scheduler = scheduler(1, AMPLE);
        TestQuery cancelled = due(1, 100, 0);
        scheduler.offer(cancelled, 0);
        scheduler.offer(due(2, 200, 0), 0);
        scheduler.remove(cancelled);

        assertThat(scheduler.poll(0, 0)).isEqualTo(new Decision.WakeAt(200));
    }

    @Test
    void aQueryHandedBackKeepsItsPlace() {
        Scheduler scheduler = scheduler(2, AMPLE);
        for (int i = 1; i <= 4; i++) {
            scheduler.offer(due(i, 100, 0), 0);
        }
        Batch busy = dispatched(scheduler.poll(0, 1));
        scheduler.offerAgain(busy.get(1), 5);
        scheduler.offerAgain(busy.get(0), 5);

        assertThat(dispatchedIds(scheduler.poll(5, 1))).containsExactly(1, 2);
        assertThat(dispatchedIds(scheduler.poll(5, 1))).containsExactly(3, 4);
    }

    @Test
    void aQueryHandedBackIsNeverRefusedButCounts() {
        Scheduler scheduler = scheduler(1, new QueueLimits(2, 10));
        TestQuery first = sized(1, 10);
        scheduler.offer(first, 0);
        scheduler.poll(0, 1);
        scheduler.offer(sized(2, 10), 0);
        scheduler.offerAgain(first, 0);

        assertThat(scheduler.size()).isEqualTo(2);
        assertThat(scheduler.retainedBytes()).isEqualTo(20);
        assertThat(scheduler.offer(sized(3, 0), 0)).isEqualTo(new Refusal(Reason.OVERLOADED));
        assertThat(scheduler.remove(first)).isTrue();
        assertThat(scheduler.offer(sized(4, 0), 0)).isNull();
    }

    @Test
    void aQueryHandedBackTooLateIsShed() {
        Scheduler scheduler = scheduler(1, AMPLE);
        TestQuery late = due(1, 100, 0);
        scheduler.offer(late, 0);
        scheduler.poll(0, 1);
        scheduler.offerAgain(late, 150);

        assertThat(scheduler.poll(150, 1)).isEqualTo(new Decision.Shed(late, Reason.EXPIRED));
    }

    @Test
    void aSuccessorTakesOverQueriesBeforeItsOwnArrivals() {
        Scheduler before = scheduler(8, AMPLE);
        List<TestQuery> queued = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            queued.add(due(i, 100, 0));
            before.offer(queued.get(i - 1), 0);
        }
        Scheduler after = scheduler(8, AMPLE);
        for (TestQuery query : queued) {
            before.remove(query);
            after.offerAgain(query, 1);
        }
        after.offer(due(4, 100, 1), 1);

        assertThat(dispatchedIds(after.poll(1, 1))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void refusesToQueueAQueryTwice() {
        Scheduler scheduler = scheduler(1, AMPLE);
        TestQuery query = due(1, 100, 0);
        scheduler.offer(query, 0);

        assertThatIllegalStateException().isThrownBy(() -> scheduler.offer(query, 0));
        assertThatIllegalStateException().isThrownBy(() -> scheduler.offerAgain(query, 0));
        assertThat(scheduler.size()).isEqualTo(1);
    }

    @Test
    void namesTheMethodThatTheActorDoesNotHave() {
        Scheduler scheduler = scheduler(1, AMPLE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.offer(new TestQuery(1, "nope", 100, 0, 1), 0))
                .withMessageContaining("nope");
    }

    @Test
    void saysBeforehandWhichMethodsItServes() {
        Scheduler scheduler = scheduler(1, AMPLE);

        assertThat(scheduler.serves(METHOD)).isTrue();
        assertThat(scheduler.serves("nope")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.offerAgain(new TestQuery(1, "nope", 100, 0, 1), 0));
        assertThat(scheduler.size()).isZero();
    }

    @Test
    void refusesTwoPlansForOneMethod() {
        MethodPlan plan = new MethodPlan("twin", 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler(List.of(plan, plan), AMPLE))
                .withMessageContaining("twin");
    }

    @Test
    void aBatchIsOfOneMethodAndNoLargerThanThatMethodAllows() {
        Scheduler scheduler = scheduler(List.of(new MethodPlan("small", 2, 0), new MethodPlan("large", 8, 0)), AMPLE);
        for (int i = 0; i < 6; i++) {
            scheduler.offer(new TestQuery(i, i % 2 == 0 ? "small" : "large", 100, 0, 1), 0);
        }

        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(0, 2);
        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(1, 3, 5);
        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 150, -1, 0, Long.MAX_VALUE - 150, Long.MAX_VALUE})
    void theClockMayStartAnywhereAndWrap(long start) {
        Scheduler scheduler = scheduler(2, AMPLE);
        TestQuery first = due(1, start + 100, start);
        TestQuery second = due(2, start + 200, start);
        TestQuery third = due(3, start + 300, start);
        for (TestQuery query : List.of(first, second, third)) {
            assertThat(scheduler.offer(query, start)).isNull();
        }

        assertThat(scheduler.offer(due(4, start - 1, start - 10), start)).isEqualTo(new Refusal(Reason.EXPIRED));
        assertThat(scheduler.poll(start + 99, 0)).isEqualTo(new Decision.WakeAt(start + 100));
        assertThat(scheduler.poll(start + 100, 1)).isEqualTo(new Decision.Shed(first, Reason.EXPIRED));
        assertThat(scheduler.poll(start + 199, 0)).isEqualTo(new Decision.WakeAt(start + 200));
        assertThat(dispatchedIds(scheduler.poll(start + 199, 1))).containsExactly(2, 3);
    }

    @Test
    void aDeadlineHalfTheClockAwayIsStillLaterThanOneNearby() {
        Scheduler scheduler = scheduler(1, AMPLE);
        scheduler.offer(due(1, Long.MAX_VALUE / 2, 0), 0);
        scheduler.offer(due(2, 100, 0), 0);

        assertThat(scheduler.poll(0, 0)).isEqualTo(new Decision.WakeAt(100));
    }

    @Test
    void countsWhatIsOfferedWhetherItIsRefusedOrNot() {
        Scheduler scheduler = scheduler(4, new QueueLimits(2, 1_000));
        for (int i = 0; i < 5; i++) {
            scheduler.offer(due(i, 100, 0), 0);
        }
        scheduler.offer(due(5, 10, 0), 10);

        assertThat(scheduler.loads(new LatencyProfile(), 10))
                .containsExactly(new MethodLoad(METHOD, 6, 6, 2, 2, 0, sloOf(scheduler)));
        assertThat(sloOf(scheduler)).isBetween(90L, 100L);
    }

    @Test
    void whatComesBackIsNotOfferedTwice() {
        Scheduler scheduler = scheduler(4, AMPLE);
        scheduler.offer(due(1, 100, 0), 0);
        Batch batch = dispatched(scheduler.poll(0, 1));
        scheduler.offerAgain(batch.get(0), 1);

        MethodLoad load = scheduler.loads(new LatencyProfile(), 1).get(0);
        assertThat(load.offeredQueries()).isEqualTo(1);
        assertThat(load.queuedQueries()).isEqualTo(1);
    }

    @Test
    void countsRowsAndMethodsApart() {
        Scheduler scheduler =
                scheduler(List.of(new MethodPlan("one", 8, 0), new MethodPlan("two", 8, 0)), new QueueLimits(9, 1_000));
        scheduler.offer(new Rows("one", 5), 0);
        scheduler.offer(new Rows("one", 0), 0);
        scheduler.offer(new Rows("two", 3), 0);

        assertThat(scheduler.loads(new LatencyProfile(), 0))
                .containsExactlyInAnyOrder(
                        new MethodLoad("one", 2, 6, 2, 6, 0, 100), new MethodLoad("two", 1, 3, 1, 3, 0, 100));
    }

    private static long sloOf(Scheduler scheduler) {
        return scheduler.loads(new LatencyProfile(), 10).get(0).sloNanos();
    }

    private static final class Rows extends Queued {
        private final int rows;

        Rows(String method, int rows) {
            super(method, 100, 0, 0, 1);
            this.rows = rows;
        }

        @Override
        public int rows() {
            return rows;
        }
    }

    @Test
    void aHundredThousandQueriesLeaveInAnyOrder() {
        Scheduler scheduler = scheduler(64, AMPLE);
        Random random = new Random(7);
        List<TestQuery> queries = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            TestQuery query = due(i, 1_000 + random.nextInt(1_000_000), 0);
            queries.add(query);
            assertThat(scheduler.offer(query, 0) == null).isTrue();
        }
        Collections.shuffle(queries, random);

        int removed = 0;
        for (TestQuery query : queries) {
            removed += scheduler.remove(query) ? 1 : 0;
        }

        assertThat(removed).isEqualTo(100_000);
        assertThat(scheduler.size()).isZero();
        assertThat(scheduler.retainedBytes()).isZero();
        assertThat(scheduler.poll(0, 1)).isSameAs(Decision.Idle.IDLE);
    }

    private static TestQuery sized(int id, int retainedBytes) {
        return new TestQuery(id, METHOD, 100, 0, retainedBytes);
    }

    private static final class Shrinking extends Queued {
        private int bytes = 500;

        Shrinking() {
            super(METHOD, 100, 0, 0, 500);
        }

        @Override
        public int retainedBytes() {
            return bytes;
        }
    }
}
