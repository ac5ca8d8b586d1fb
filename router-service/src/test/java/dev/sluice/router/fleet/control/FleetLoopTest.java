package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
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
    private final FleetLoop loop =
            new FleetLoop(rig.goals, rig.controller, thread, () -> thread.now(TimeUnit.NANOSECONDS));

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
        assertThat(rig.controller.view()).isSameAs(FleetView.EMPTY);
        assertThat(rig.actors.divide(Shares.of(rig.goals.now().orElseThrow(), Map.of(), Set.of())))
                .as("whether that would be something new")
                .isFalse();

        thread.advanceTimeBy(Duration.ofMillis(200));
        assertThat(host.obeys()).isPositive();
        assertThat(host.running()).hasSize(2);
    }
}
