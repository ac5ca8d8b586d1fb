package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostKindsTest {

    private static final String METHOD = "call";

    private final Fleet fleet = new Fleet();
    private final TrackedReplica small = fleet.join("small", "cpu", 0);
    private final TrackedReplica other = fleet.join("other", "cpu", 0);
    private final TrackedReplica large = fleet.join("large", "gpu", 0);

    /** A CPU takes 1,000 per row; a GPU 4,000 for any batch, and 100 per row. */
    private void explore() {
        for (int rows : LatencyProfile.sizesToExplore(64)) {
            fleet.explored(small, METHOD, rows, 1_000 * rows, 0);
            fleet.explored(other, METHOD, rows, 1_000 * rows, 0);
            fleet.explored(large, METHOD, rows, 4_000 + 100 * rows, 0);
        }
    }

    private DeadlineScheduler scheduler() {
        return new DeadlineScheduler(
                List.of(new MethodPlan(METHOD, 64, 0)), SchedulerContract.AMPLE, fleet, DeadlineSettings.DEFAULT);
    }

    @Test
    void eachKindHasTimesOfItsOwn() {
        explore();
        MethodProfile profile = fleet.profile().method(METHOD);

        assertThat(profile.on(small.kind()).typical(32)).isCloseTo(32_000, within(10.0));
        assertThat(profile.on(large.kind()).typical(32)).isCloseTo(7_200, within(10.0));
        assertThat(small.slowdown()).isEqualTo(1);
        assertThat(large.slowdown()).isEqualTo(1);
        assertThat(large.pace()).isLessThan(1);
        assertThat(fleet.profile().typicalNanos(METHOD, 32))
                .as("most are of this kind")
                .isEqualTo(32_000);
    }

    @Test
    void aBatchIsAsLargeAsItsReplicaCanDoInTime() {
        explore();
        DeadlineScheduler scheduler = scheduler();
        for (int i = 0; i < 100; i++) {
            scheduler.offerAgain(new TestQuery(i, METHOD, 12_000, 0, 1), 0);
        }
        Batch first = Decisions.dispatched(scheduler.poll(0, 3));
        fleet.sent(large, METHOD, first.rows(), 0);
        Batch second = Decisions.dispatched(scheduler.poll(0, 2));

        assertThat(first.replica()).isSameAs(large);
        assertThat(first.size()).isGreaterThan(40);
        assertThat(second.size()).isBetween(8, 12);
    }

    @Test
    void aKindThatWasNeverMeasuredIsTakenForAnOrdinaryOne() {
        for (int rows : LatencyProfile.sizesToExplore(64)) {
            fleet.explored(small, METHOD, rows, 1_000 * rows, 0);
        }

        assertThat(fleet.profile().method(METHOD).on(large.kind()).typical(8)).isCloseTo(8_000, within(10.0));
        assertThat(large.pace()).isEqualTo(1);
    }

    @Test
    void theKindThatMostAreOfIsTheOrdinaryOne() {
        explore();
        fleet.leave(small);
        fleet.leave(other);

        assertThat(fleet.profile().typicalNanos(METHOD, 32)).isEqualTo(7_200);
        assertThat(large.pace()).isEqualTo(1);
        assertThat(fleet.speed()).isEqualTo(1);
    }

    @Test
    void aReplicaIsSlowAmongItsKind() {
        explore();
        for (int i = 0; i < 9; i++) {
            fleet.explored(other, METHOD, 8, 24_000, 0);
            fleet.explored(small, METHOD, 8, 8_000, 0);
        }

        assertThat(other.slowdown()).isCloseTo(3, within(0.1));
        assertThat(large.slowdown()).isEqualTo(1);
        assertThat(scheduler().view(0).replicas())
                .extracting(SchedulerView.ReplicaView::kind)
                .containsExactly("cpu", "cpu", "gpu");
    }
}
