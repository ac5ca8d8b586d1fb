package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query may carry several rows, and a batch is as large as its rows. */
class RowsTest {

    private static final String METHOD = "call";

    private static final class Wide extends Queued {
        private final int rows;

        Wide(int rows, long deadline) {
            super(METHOD, deadline, 0, 0, 1);
            this.rows = rows;
        }

        @Override
        public int rows() {
            return rows;
        }
    }

    private static Scheduler scheduler(String kind) {
        List<MethodPlan> plans = List.of(new MethodPlan(METHOD, 8, kind.equals("fifo") ? 1_000 : 0));
        return kind.equals("fifo")
                ? new FifoScheduler(plans, SchedulerContract.AMPLE)
                : new DeadlineScheduler(plans, SchedulerContract.AMPLE);
    }

    private static List<Integer> rows(Batch batch) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            rows.add(batch.get(i).rows());
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "deadline"})
    void aBatchHoldsAsManyRowsAsItsMethodAllows(String kind) {
        Scheduler scheduler = scheduler(kind);
        for (int rows : new int[] {3, 4, 2, 5}) {
            scheduler.offer(new Wide(rows, 10_000), 0);
        }

        Batch first = Decisions.dispatched(scheduler.poll(0, 1));
        Batch second = Decisions.dispatched(scheduler.poll(kind.equals("fifo") ? 1_000 : 0, 1));

        assertThat(rows(first)).containsExactly(3, 4);
        assertThat(first.rows()).isEqualTo(7);
        assertThat(rows(second)).containsExactly(2, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "deadline"})
    void aQueryThatIsWiderThanABatchGoesAlone(String kind) {
        Scheduler scheduler = scheduler(kind);
        scheduler.offer(new Wide(20, 10_000), 0);
        scheduler.offer(new Wide(1, 10_000), 0);

        assertThat(rows(Decisions.dispatched(scheduler.poll(0, 1)))).containsExactly(20);
    }

    @Test
    void aQueryOfManyRowsIsJudgedByWhatTheyTake() {
        Fleet fleet = new Fleet();
        TrackedReplica replica = fleet.join("a", 0);
        for (int rows : LatencyProfile.sizesToExplore(64)) {
            fleet.explored(replica, METHOD, rows, 1_000 * rows, 0);
        }
        DeadlineScheduler scheduler = new DeadlineScheduler(
                List.of(new MethodPlan(METHOD, 64, 0)), SchedulerContract.AMPLE, fleet, DeadlineSettings.DEFAULT);

        fleet.sent(replica, METHOD, 1, 0);
        assertThat(scheduler.offer(new Wide(32, 20_000), 0)).isEqualTo(Refusal.UNMEETABLE);
        assertThat(scheduler.offer(new Wide(8, 20_000), 0)).isNull();
        assertThat(scheduler.view(0).queues().get(0).rows()).isEqualTo(8);
    }
}
