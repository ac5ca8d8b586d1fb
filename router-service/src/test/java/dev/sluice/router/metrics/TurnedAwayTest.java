package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.dispatch.RouterView.SchedulingView;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.SchedulerView;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnedAwayTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TurnedAway turnedAway = new TurnedAway(registry);

    private static SchedulingView version(String version, long unmeetable) {
        return new SchedulingView(
                "model",
                version,
                "deadline",
                0,
                new SchedulerView(
                        List.of(), List.of(), List.of(), List.of(), Map.of(Reason.UNMEETABLE, unmeetable), 0, 0));
    }

    private double shown(String version) {
        return registry.get("sluice.schedule.turned.away")
                .tags("version", version, "reason", "unmeetable")
                .functionCounter()
                .count();
    }

    @Test
    void countsByVersionAndCause() {
        turnedAway.show(List.of(version("1", 11), version("2", 3)));
        turnedAway.show(List.of(version("1", 12), version("2", 3)));
        assertThat(shown("1")).isEqualTo(12);
        assertThat(shown("2")).isEqualTo(3);
    }

    @Test
    void showsNothingOfAVersionThatIsGoneUntilItIsBack() {
        turnedAway.show(List.of(version("1", 11), version("2", 3)));
        turnedAway.show(List.of(version("2", 3)));
        assertThat(registry.find("sluice.schedule.turned.away")
                        .tag("version", "1")
                        .functionCounters())
                .isEmpty();
        assertThat(shown("2")).isEqualTo(3);
        turnedAway.show(List.of(version("1", 1), version("2", 3)));
        assertThat(shown("1")).isEqualTo(1);
    }
}
