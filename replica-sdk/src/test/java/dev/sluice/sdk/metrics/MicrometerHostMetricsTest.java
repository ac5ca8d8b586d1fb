package dev.sluice.sdk.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.sdk.host.HostMetrics.MethodMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerHostMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private long now;
    private final MicrometerHostMetrics metrics =
            new MicrometerHostMetrics(registry, Duration.ofSeconds(10), () -> now);

    @Test
    void countsQueriesByActorVersionMethodAndOutcome() {
        MethodMeters meters = metrics.of("a", "1", "call");
        meters.queryEnded(null);
        meters.queryEnded(null);
        meters.queryEnded(ErrorCode.FAILED);
        metrics.of("a", "2", "call").queryEnded(null);
        assertThat(count("1", "answered")).isEqualTo(2);
        assertThat(count("1", "failed")).isEqualTo(1);
        assertThat(count("2", "answered")).isEqualTo(1);
    }

    private static ActorDescriptor version(String version) {
        return new ActorDescriptor("a", version, false, 1_000, "fifo", "", List.of());
    }

    @Test
    void showsNothingOfAVersionThatHasLongHadNoReplica() {
        metrics.of("a", "1", "call").queryEnded(null);
        metrics.of("a", "2", "call").queryEnded(null);
        metrics.running(List.of(version("2")));
        now += TimeUnit.SECONDS.toNanos(9);
        metrics.running(List.of(version("2")));
        assertThat(count("1", "answered")).isEqualTo(1);
        now += TimeUnit.SECONDS.toNanos(1);
        metrics.running(List.of(version("2")));
        assertThat(registry.find("sluice.queries").tag("version", "1").counters())
                .isEmpty();
        assertThat(count("2", "answered")).isEqualTo(1);
        metrics.of("a", "1", "call").queryEnded(ErrorCode.FAILED);
        assertThat(count("1", "answered")).isZero();
        assertThat(count("1", "failed")).isEqualTo(1);
    }

    @Test
    void measuresBatches() {
        MethodMeters meters = metrics.of("a", "1", "call");
        meters.batchEnded(3, TimeUnit.MILLISECONDS.toNanos(5));
        meters.batchEnded(5, TimeUnit.MILLISECONDS.toNanos(7));
        assertThat(registry.get("sluice.batch.size").summary().totalAmount()).isEqualTo(8);
        assertThat(registry.get("sluice.batch.duration").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(12);
    }

    @Test
    void knowsWhatIsInFlightOverAllMethods() {
        MethodMeters meters = metrics.of("a", "1", "call");
        meters.queriesCame(3);
        metrics.of("b", "1", "call").queriesCame(4);
        meters.queriesWentBack(2);
        meters.queryEnded(ErrorCode.CANCELLED);
        assertThat(registry.get("sluice.link.inflight").gauge().value()).isEqualTo(4);
    }

    @Test
    void givesTheSameMetersEachTime() {
        assertThat(metrics.of("a", "1", "call")).isSameAs(metrics.of("a", "1", "call"));
        assertThat(metrics.of("a", "1", "call")).isNotSameAs(metrics.of("a", "1", "other"));
    }

    private double count(String version, String outcome) {
        return registry
                .get("sluice.queries")
                .tags("actor", "a", "version", version, "method", "call", "outcome", outcome, "tier", "host")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
