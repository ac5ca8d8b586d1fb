package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class FleetLoopTest {

    private static final Duration LEASE = Duration.ofSeconds(3);

    private final FleetRig rig = new FleetRig();
    private final VirtualTimeScheduler thread = VirtualTimeScheduler.create();
    private final List<Desired> followed = new ArrayList<>();
    private final FleetLoop loop =
            new FleetLoop(rig.goals, followed::add, rig.controller, thread, () -> thread.now(TimeUnit.NANOSECONDS));

    @AfterEach
    void stop() {
        loop.dispose();
    }

    @Test
    void dividesQueriesAtOnceAndPlacesNothingBeforeHostsHadTheTimeToLink() {
        PlacedHost host = rig.host("a", 8);
        rig.want(ActorGoal.of("model", Goals.version("1"), Scale.fixed(2)));
        loop.start(LEASE);
        thread.advanceTimeBy(LEASE.minusMillis(1));
        assertThat(host.obeys()).isZero();
        assertThat(followed).as("what this router answers for itself").isNotEmpty();
        assertThat(rig.controller.view()).isSameAs(FleetView.EMPTY);
        assertThat(rig.actors.divide(Shares.of(rig.goals.now().orElseThrow(), Map.of(), Set.of())))
                .as("whether that would be something new")
                .isFalse();

        thread.advanceTimeBy(Duration.ofMillis(200));
        assertThat(host.obeys()).isPositive();
        assertThat(host.running()).hasSize(2);
    }

    @Test
    void placesNothingAnewForARunningHostThatLinksLate() {
        rig.want(ActorGoal.of("model", Goals.version("1"), Scale.fixed(2)));
        loop.start(LEASE);
        thread.advanceTimeBy(LEASE.dividedBy(2));
        PlacedHost first = rig.host("a", 8);
        first.placedReplica("a-1", "model");
        thread.advanceTimeBy(LEASE.minusMillis(200));
        assertThat(rig.controller.view().hosts())
                .as("what can be seen meanwhile")
                .hasSize(1);
        assertThat(rig.controller.view().routers()).containsExactly("router-0");
        PlacedHost second = rig.host("b", 8);
        second.placedReplica("b-1", "model");
        thread.advanceTimeBy(LEASE.plusMillis(200));

        first.obeys();
        second.obeys();
        assertThat(rig.controller.view().statuses()).containsKey("model");
        assertThat(first.running()).containsExactly("a-1");
        assertThat(second.running()).containsExactly("b-1");
    }

    @Test
    void waitsNoLongerForHostsThatComeAgainAndAgain() {
        rig.want(ActorGoal.of("model", Goals.version("1"), Scale.fixed(9)));
        loop.start(LEASE);
        int asked = 0;
        for (int i = 0; i < 9; i++) {
            PlacedHost host = rig.host("host-" + i, 8);
            host.placedReplica("r-" + i, "model");
            thread.advanceTimeBy(LEASE.dividedBy(2));
            asked += host.obeys();
        }
        assertThat(asked).isPositive();
    }
}
