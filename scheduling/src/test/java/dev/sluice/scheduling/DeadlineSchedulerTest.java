package dev.sluice.scheduling;

import static dev.sluice.scheduling.Decisions.dispatchedIds;
import static dev.sluice.scheduling.TestQuery.METHOD;
import static dev.sluice.scheduling.TestQuery.due;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineSchedulerTest extends SchedulerContract {

    @Override
    Scheduler scheduler(List<MethodPlan> methods, QueueLimits limits) {
        return new DeadlineScheduler(methods, limits);
    }

    @Test
    void theEarliestDeadlineGoesFirst() {
        Scheduler scheduler = scheduler(1, AMPLE);
        scheduler.offer(due(20, 20_000, 0), 0);
        scheduler.offer(due(10, 10_000, 0), 0);

        assertThat(dispatchedIds(scheduler.poll(2_000, 1))).containsExactly(10);
        assertThat(dispatchedIds(scheduler.poll(2_000, 1))).containsExactly(20);
    }

    @Test
    void equalDeadlinesKeepTheOrderOfArrival() {
        Scheduler scheduler = scheduler(1_000, AMPLE);
        List<Integer> arrivals = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            arrivals.add(i);
            scheduler.offer(due(i, 100, 0), 0);
        }

        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactlyElementsOf(arrivals);
    }

    @Test
    void aBatchTakesTheMostUrgentQueriesOfTheMostUrgentMethod() {
        Scheduler scheduler = scheduler(List.of(new MethodPlan("one", 2, 0), new MethodPlan("two", 2, 0)), AMPLE);
        scheduler.offer(new TestQuery(1, "one", 200, 0, 1), 0);
        scheduler.offer(new TestQuery(2, "one", 500, 0, 1), 0);
        scheduler.offer(new TestQuery(3, "two", 400, 0, 1), 0);
        scheduler.offer(new TestQuery(4, "two", 100, 0, 1), 0);
        scheduler.offer(new TestQuery(5, "two", 300, 0, 1), 0);

        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(4, 5);
        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(1, 2);
        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(3);
    }

    @Test
    void waitsOutNoWindow() {
        Scheduler scheduler = scheduler(List.of(new MethodPlan(METHOD, 8, 1_000_000)), AMPLE);
        scheduler.offer(due(1, 2_000_000, 0), 0);

        assertThat(dispatchedIds(scheduler.poll(0, 1))).containsExactly(1);
    }
}
