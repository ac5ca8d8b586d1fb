package dev.sluice.scheduling;

import static dev.sluice.scheduling.Decisions.dispatched;
import static dev.sluice.scheduling.Decisions.dispatchedIds;
import static dev.sluice.scheduling.TestQuery.METHOD;
import static dev.sluice.scheduling.TestQuery.due;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FifoSchedulerTest extends SchedulerContract {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Override
    Scheduler scheduler(List<MethodPlan> methods, QueueLimits limits) {
        return new FifoScheduler(methods, limits);
    }

    private Scheduler waiting(int maxBatchSize, long maxWaitNanos) {
        return scheduler(List.of(new MethodPlan(METHOD, maxBatchSize, maxWaitNanos)), AMPLE);
    }

    @Test
    void servesInOrderOfArrivalWhateverTheDeadlines() {
        Scheduler scheduler = waiting(2, 0);
        scheduler.offer(due(1, 300, 0), 0);
        scheduler.offer(due(2, 100, 0), 0);
        scheduler.offer(due(3, 200, 0), 0);

        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(1, 2);
        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(3);
    }

    @Test
    void aHundredAndFortyCallsUnderAMaximumOf256AreOneBatchWhenTheWaitIsOver() {
        Scheduler scheduler = waiting(256, 5 * SECOND);
        for (int i = 0; i < 140; i++) {
            scheduler.offer(due(i, 30 * SECOND, 0), 0);
            assertThat(scheduler.poll(0, 8)).isEqualTo(new Decision.WakeAt(5 * SECOND));
        }

        assertThat(scheduler.poll(5 * SECOND - 1, 8)).isEqualTo(new Decision.WakeAt(5 * SECOND));
        assertThat(dispatched(scheduler.poll(5 * SECOND, 8)).size()).isEqualTo(140);
        assertThat(scheduler.poll(5 * SECOND, 7)).isSameAs(Decision.Idle.IDLE);
    }

    @Test
    void aFullBatchWaitsForNothing() {
        Scheduler scheduler = waiting(3, 5 * SECOND);
        for (int i = 1; i <= 4; i++) {
            scheduler.offer(due(i, 30 * SECOND, i), i);
        }

        assertThat(dispatchedIds(scheduler.poll(4, 2))).containsExactly(1, 2, 3);
        assertThat(scheduler.poll(4, 1)).isEqualTo(new Decision.WakeAt(5 * SECOND + 4));
    }

    @Test
    void theWaitIsCountedFromTheArrivalOfTheOldestQuery() {
        Scheduler scheduler = waiting(8, 100);
        TestQuery oldest = due(1, 10_000, 0);
        scheduler.offer(oldest, 20);
        scheduler.offer(due(2, 10_000, 60), 60);
        assertThat(scheduler.poll(60, 1)).isEqualTo(new Decision.WakeAt(100));

        scheduler.remove(oldest);

        assertThat(scheduler.poll(60, 1)).isEqualTo(new Decision.WakeAt(160));
    }

    @Test
    void aReadyMethodDoesNotWaitForAnOlderOneThatIsNot() {
        Scheduler scheduler =
                scheduler(List.of(new MethodPlan("patient", 8, 1_000), new MethodPlan("eager", 8, 0)), AMPLE);
        scheduler.offer(new TestQuery(1, "patient", 10_000, 0, 1), 0);
        scheduler.offer(new TestQuery(2, "eager", 10_000, 1, 1), 1);

        assertThat(dispatchedIds(scheduler.poll(1, 2))).containsExactly(2);
        assertThat(scheduler.poll(1, 1)).isEqualTo(new Decision.WakeAt(1_000));
    }

    @Test
    void ofTwoReadyMethodsTheOneWithTheOldestQueryGoesFirst() {
        Scheduler scheduler = scheduler(List.of(new MethodPlan("one", 8, 0), new MethodPlan("two", 8, 0)), AMPLE);
        scheduler.offer(new TestQuery(1, "two", 10_000, 0, 1), 0);
        scheduler.offer(new TestQuery(2, "one", 100, 1, 1), 1);
        scheduler.offer(new TestQuery(3, "two", 10_000, 2, 1), 2);

        assertThat(dispatchedIds(scheduler.poll(2, 1))).containsExactly(1, 3);
        assertThat(dispatchedIds(scheduler.poll(2, 1))).containsExactly(2);
    }

    @Test
    void aDeadlineWithinTheWaitIsKeptWatchOver() {
        Scheduler scheduler = waiting(8, 5 * SECOND);
        TestQuery hasty = due(1, SECOND, 0);
        scheduler.offer(hasty, 0);

        assertThat(scheduler.poll(0, 1)).isEqualTo(new Decision.WakeAt(SECOND));
        assertThat(scheduler.poll(SECOND, 1)).isEqualTo(new Decision.Shed(hasty, Reason.EXPIRED));
    }

    @Test
    void aQueryHandedBackHasWaitedLongEnough() {
        Scheduler scheduler = waiting(2, 100);
        scheduler.offer(due(1, 10_000, 0), 0);
        Batch busy = dispatched(scheduler.poll(100, 1));
        scheduler.offer(due(2, 10_000, 150), 150);
        scheduler.offer(due(3, 10_000, 150), 150);
        scheduler.offerAgain(busy.get(0), 160);

        assertThat(dispatchedIds(scheduler.poll(160, 1))).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void theWaitEndsOnTimeWhereverTheClockStarts(long start) {
        Scheduler scheduler = waiting(8, 100);
        scheduler.offer(due(1, start + 1_000, start), start);

        assertThat(scheduler.poll(start + 99, 1)).isEqualTo(new Decision.WakeAt(start + 100));
        assertThat(dispatchedIds(scheduler.poll(start + 100, 1))).containsExactly(1);
    }

    @Test
    void aQueryThatArrivedAMomentAfterTheClockWasReadIsNotMadeToWait() {
        Scheduler scheduler = waiting(8, 0);
        scheduler.offer(due(1, 100, 2), 0);

        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(1);
    }

    @Test
    void anEndlessWaitEndsWithTheFullBatch() {
        Scheduler scheduler = waiting(2, Long.MAX_VALUE);
        scheduler.offer(due(1, 10_000, 0), 0);
        assertThat(scheduler.poll(5_000, 1)).isEqualTo(new Decision.WakeAt(10_000));

        scheduler.offer(due(2, 10_000, 5_000), 5_000);

        assertThat(dispatchedIds(scheduler.poll(5_000, 1))).containsExactly(1, 2);
    }
}
