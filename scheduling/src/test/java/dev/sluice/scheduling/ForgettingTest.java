package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers name (tenants, SLOs) is kept in bounds, and only as long as it is used. */
class ForgettingTest {

    private static SchedulerView.TenantView tenant(Rig rig, String name) {
        return rig.view().tenants().stream()
                .filter(view -> view.tenant().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesBeyondAllBoundsShareOneShare() {
        Rig rig = new Rig(2, 16, Rig.linear(0.001, 0.1)).warm(16);
        for (int i = 0; i < 20_000; i++) {
            rig.ask(60, "tenant " + i, 1 + i % 5);
            rig.advance(0.01);
        }

        assertThat(rig.view().tenants()).hasSizeLessThanOrEqualTo(1_001 + 5);
        assertThat(tenant(rig, "").accepted()).isGreaterThan(1_000);
    }

    @Test
    void aNameAsLongAsABookIsNotKept() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        rig.ask(60, "x".repeat(100_000), 0);
        rig.ask(60, "y".repeat(128), 0);

        assertThat(rig.view().tenants())
                .extracting(SchedulerView.TenantView::tenant)
                .containsExactlyInAnyOrder("", "y".repeat(128));
    }

    @Test
    void aTenantThatIsNotSeenForLongIsForgotten() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        rig.ask(60, "once", 0);
        rig.advance(9_000);
        rig.ask(60, "often", 0);
        assertThat(rig.view().tenants()).hasSize(2);
        rig.advance(9_000);
        rig.ask(60, "often", 0);

        assertThat(rig.view().tenants())
                .extracting(SchedulerView.TenantView::tenant)
                .containsExactly("often");
    }

    @Test
    void aClassThatIsNotSeenForLongIsForgotten() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        for (double slo = 20; slo < 1e6; slo *= 1.5) {
            rig.ask(slo);
        }
        rig.advance(20_000);
        rig.ask(60);
        rig.advance(1);

        assertThat(rig.view().queues()).hasSize(1);
        assertThat(rig.view().queues().get(0).sloNanos()).isEqualTo(60_000_000);
        assertThat(rig.late).isEmpty();
    }

    @Test
    void aClassOfWhichSomethingWaitsIsKept() {
        Rig rig = new Rig(1, 1, (size, replica, at) -> 30_000);
        rig.ask(100_000);
        Rig.Ask waiting = rig.ask(100_000);
        rig.advance(15_000);
        rig.ask(60);

        assertThat(waiting.isQueued()).isTrue();
        assertThat(rig.view().queues()).hasSize(2);
        assertThat(rig.scheduler.remove(waiting)).isTrue();
    }

    @Test
    void whatIsShownOfTrafficDecaysWhenItEnds() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        for (int i = 0; i < 1_000; i++) {
            rig.ask(60, "acme", 0);
            rig.advance(1);
        }
        double before = rig.view().queues().get(0).perSecond();
        rig.advance(1_000);

        assertThat(before).isBetween(900.0, 1_100.0);
        assertThat(rig.view().queues().get(0).perSecond()).isLessThan(1);
        assertThat(tenant(rig, "acme").demand()).isLessThan(0.001);
    }

    @Test
    void whoWasTurnedAwayAndWhyIsCountedByClassAndTenant() {
        Rig rig = new Rig(1, 8, Rig.linear(1, 10)).warm(8);
        rig.ask(100, "busy", 0);
        rig.ask(15, "hasty", 0);
        SchedulerView view = rig.view();

        assertThat(tenant(rig, "hasty").turnedAway()).containsOnlyKeys(Reason.UNMEETABLE);
        assertThat(tenant(rig, "busy").turnedAway()).isEmpty();
        assertThat(view.turnedAway()).containsEntry(Reason.UNMEETABLE, 1L);
        assertThat(view.queues().stream()
                        .filter(queue -> !queue.turnedAway().isEmpty())
                        .map(SchedulerView.QueueView::sloNanos))
                .isEqualTo(List.of(15_000_000L));
    }

    @Test
    void whoIsBeyondItsShareIsToldSo() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        for (int i = 0; i < 4_000; i++) {
            rig.ask(60, i % 8 == 0 ? "modest" : "greedy", 0);
            rig.advance(0.2);
        }

        assertThat(tenant(rig, "greedy").turnedAway()).containsKey(Reason.OVER_SHARE);
        assertThat(tenant(rig, "modest").turnedAway()).doesNotContainKey(Reason.OVER_SHARE);
    }

    @Test
    void whatCannotWaitForTheOthersIsNotKeptForAReplicaThatIsLeftAlone() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        rig.failFast(1);
        for (int i = 0; i < 400 && !rig.replicas.get(1).isShunned(); i++) {
            rig.askEvery(0.5, 1, 100);
        }
        assertThat(rig.replicas.get(1).isShunned()).isTrue();
        rig.advance(50);
        assertThat(rig.fleet.best()).isSameAs(rig.replicas.get(0));
        // For 20 ms; a query alone takes 5.
        rig.fleet.sent(rig.replicas.get(0), "call", 16, Rig.nanos(rig.now()));

        assertThat(rig.refused(rig.ask(22))).isTrue();
    }
}
