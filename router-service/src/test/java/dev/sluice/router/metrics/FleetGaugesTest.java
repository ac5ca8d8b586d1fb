package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.router.fleet.control.FleetView;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import dev.sluice.router.fleet.plan.Shortage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class FleetGaugesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private FleetView seen = view(Map.of());
    private VirtualTimeScheduler ticks;
    private FleetGauges gauges;

    @BeforeEach
    void bind() {
        ticks = VirtualTimeScheduler.getOrSet();
        gauges = new FleetGauges(() -> seen);
        gauges.bindTo(registry);
    }

    @AfterEach
    void stop() {
        gauges.close();
        VirtualTimeScheduler.reset();
    }

    private static FleetView view(Map<String, ActorStatus> statuses, HostState... hosts) {
        return new FleetView(Set.of("router"), statuses, List.of(hosts), List.of());
    }

    private static HostState host(String name, int slots, int replicas, boolean leaving) {
        return new HostState(
                name,
                1,
                slots,
                leaving,
                Set.of(),
                Collections.nCopies(replicas, new ReplicaState("echo@1-0", "echo", "1", State.READY, "", true)),
                List.of(),
                List.of());
    }

    private void see(FleetView view) {
        seen = view;
        ticks.advanceTimeBy(Duration.ofSeconds(1));
    }

    private double of(String gauge, String tag, String value) {
        return registry.get(gauge).tag(tag, value).gauge().value();
    }

    private double missing(String actor, String reason) {
        return registry.get("sluice.replicas.missing")
                .tags("actor", actor, "reason", reason)
                .gauge()
                .value();
    }

    @Test
    void showsWhatIsWantedAndWhatOfThatHasNoPlace() {
        see(view(Map.of(
                "echo",
                        new ActorStatus(
                                5, 2, 1, Map.of(Shortage.SLOTS, 1, Shortage.NO_OFFER, 1), List.of("No slot is free.")),
                "idle", new ActorStatus(0, 0, 0, Map.of(), List.of()))));

        assertThat(of("sluice.replicas.wanted", "actor", "echo")).isEqualTo(5);
        assertThat(missing("echo", "slots")).isEqualTo(1);
        assertThat(missing("echo", "no-offer")).isEqualTo(1);
        assertThat(missing("echo", "failing")).isZero();
        assertThat(missing("idle", "slots")).isZero();
        assertThat(of("sluice.replicas.wanted", "actor", "idle")).isZero();
    }

    @Test
    void leavesActorsToTheRouterThatControlsThem() {
        see(view(Map.of("echo", new ActorStatus(5, 5, 0, Map.of(), List.of()))));
        assertThat(registry.find("sluice.replicas.wanted").gauges()).hasSize(1);

        see(view(Map.of()));

        assertThat(registry.find("sluice.replicas.wanted").gauges()).isEmpty();
        assertThat(registry.find("sluice.replicas.missing").gauges()).isEmpty();
    }

    @Test
    void countsTheSlotsOfAllHostsAndOfThoseThatStayTheFreeOnes() {
        see(view(Map.of(), host("a", 4, 1, false), host("b", 4, 0, true), host("c", 2, 3, false)));

        assertThat(of("sluice.slots", "which", "all")).isEqualTo(10);
        assertThat(of("sluice.slots", "which", "free")).isEqualTo(3);
    }
}
