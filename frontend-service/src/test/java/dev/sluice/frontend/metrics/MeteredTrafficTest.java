package dev.sluice.frontend.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.gateway.Ending;
import dev.sluice.frontend.page.OwnTraffic.OfVersion;
import dev.sluice.frontend.page.OwnTraffic.Sums;
import dev.sluice.frontend.query.Protocol;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredTrafficTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private static ActorDescriptor actor(String name, String version) {
        return new ActorDescriptor(
                name,
                version,
                false,
                1_000,
                "fifo",
                "",
                List.of(new MethodDescriptor("call", false, 1, 0, false, "long", "long")));
    }

    private static Sums of(MeterRegistry registry) {
        MicrometerGatewayMetrics metrics = new MicrometerGatewayMetrics(registry);
        metrics.announced(actor("quiet", "1"));
        metrics.ended(actor("a", "1"), "call", Protocol.HTTP, new Ending(null, 2 * MILLI, true));
        metrics.ended(actor("a", "1"), "call", Protocol.GRPC, new Ending(null, 3 * MILLI, false));
        metrics.ended(actor("a", "2"), "call", Protocol.HTTP, new Ending(null, 7 * MILLI, true));
        metrics.ended(actor("a", "1"), "call", Protocol.HTTP, new Ending(ErrorCode.OVERLOADED, 1, false));
        metrics.ended(actor("a", "1"), "call", Protocol.HTTP, new Ending(ErrorCode.EXPIRED, 40 * MILLI, false));
        metrics.ended(actor("a", "1"), "call", Protocol.HTTP, new Ending(ErrorCode.FAILED, 5 * MILLI, false));
        metrics.ended(actor("a", "1"), "call", Protocol.HTTP, new Ending(ErrorCode.CANCELLED, 5 * MILLI, false));
        return new MeteredTraffic(registry).now();
    }

    private static OfVersion version(Sums sums, String name, String version) {
        return sums.versions().stream()
                .filter(each -> each.actor().equals(name) && each.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sumsUpProtocolsOfEachVersion() {
        Sums sums = of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        OfVersion a = version(sums, "a", "1");
        assertThat(List.of(a.answered(), a.withinSlo(), a.shed(), a.failed(), a.expired(), a.cancelled()))
                .containsExactly(2L, 1L, 1L, 1L, 1L, 1L);
        assertThat(a.latencyCount()).isEqualTo(5);
        assertThat(a.latencyMillis()).isEqualTo(55);
        assertThat(version(sums, "a", "2").answered()).isEqualTo(1);
        assertThat(sums.versions()).hasSize(3);
    }

    @Test
    void countsLatenciesUpToEachBound() {
        Sums sums = of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        OfVersion a = version(sums, "a", "1");
        assertThat(sums.boundsMillis()).isSorted().hasSameSizeAs(a.latency());
        assertThat(a.latency()).isSorted().endsWith(5L);
        assertThat(upTo(sums, a, 10)).isEqualTo(4);
        assertThat(upTo(sums, a, 1)).isZero();
        assertThat(version(sums, "quiet", "1").latency()).isEmpty();
    }

    /** The count at the first bound from here on: the bounds are not far from each other. */
    private static long upTo(Sums sums, OfVersion actor, double millis) {
        for (int i = 0; i < sums.boundsMillis().size(); i++) {
            if (sums.boundsMillis().get(i) >= millis) {
                return actor.latency().get(i);
            }
        }
        throw new AssertionError("no bound is that large");
    }

    @Test
    void doesWithoutLatenciesWhereTheRegistryKeepsNone() {
        assertThat(version(of(new SimpleMeterRegistry()), "a", "1").answered()).isEqualTo(2);
    }
}
