package dev.sluice.frontend.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.gateway.ActorVersion;
import dev.sluice.frontend.gateway.Ending;
import dev.sluice.frontend.query.Protocol;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerGatewayMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerGatewayMetrics metrics = new MicrometerGatewayMetrics(registry);

    @Test
    void countsOutcomesByActorVersionAndMethod() {
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(5));
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(5));
        metrics.ended(actor("1"), "call", Protocol.HTTP, failed(ErrorCode.OVERLOADED, 5));
        metrics.ended(actor("1"), "other", Protocol.HTTP, answered(5));
        metrics.ended(actor("2"), "call", Protocol.HTTP, answered(5));
        assertThat(count("1", "call", "answered")).isEqualTo(2);
        assertThat(count("1", "call", "shed")).isEqualTo(1);
        assertThat(count("1", "call", "expired")).isZero();
        assertThat(count("1", "other", "answered")).isEqualTo(1);
        assertThat(count("2", "call", "answered")).isEqualTo(1);
    }

    @Test
    void beginsAtZeroWhenAnActorIsAnnounced() {
        metrics.announced(actor("1"));
        assertThat(count("1", "call", "answered")).isZero();
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(5));
        metrics.announced(actor("1"));
        assertThat(count("1", "call", "answered")).isEqualTo(1);
    }

    @Test
    void showsNothingOfAForgottenVersionUntilItIsBack() {
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(5));
        metrics.ended(actor("1"), "call", Protocol.GRPC, answered(5));
        metrics.ended(actor("2"), "call", Protocol.HTTP, answered(5));
        metrics.forget(new ActorVersion("a", "1"));
        assertThat(registry.getMeters())
                .noneMatch(meter -> "1".equals(meter.getId().getTag("version")))
                .anyMatch(meter -> "2".equals(meter.getId().getTag("version")));
        assertThat(registry.get("sluice.queries.ended")
                        .tag("outcome", "answered")
                        .counter()
                        .count())
                .as("of all since the start")
                .isEqualTo(3);
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(5));
        assertThat(count("1", "call", "answered")).isEqualTo(1);
    }

    @Test
    void countsByProtocol() {
        metrics.announced(actor("1"));
        metrics.ended(actor("1"), "call", Protocol.GRPC, answered(5));
        assertThat(registry.get("sluice.queries")
                        .tags("actor", "a", "protocol", "grpc", "code", "ok")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("sluice.queries")
                        .tags("actor", "a", "protocol", "http", "code", "ok")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void countsAQueryThatARouterRefusedAsFailed() {
        metrics.ended(actor("1"), "call", Protocol.HTTP, failed(ErrorCode.NOT_FOUND, 5));
        assertThat(count("1", "call", "failed")).isEqualTo(1);
    }

    @Test
    void countsAnswersWithinTheirSlo() {
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(5));
        metrics.ended(actor("1"), "call", Protocol.HTTP, new Ending(null, 5, false));
        metrics.ended(actor("1"), "call", Protocol.HTTP, failed(ErrorCode.FAILED, 5));
        assertThat(registry.get("sluice.queries.within.slo")
                        .tags("actor", "a", "version", "1", "method", "call", "tier", "frontend")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void timesQueriesThatWereNotShed() {
        metrics.ended(actor("1"), "call", Protocol.HTTP, answered(TimeUnit.MILLISECONDS.toNanos(3)));
        metrics.ended(actor("1"), "call", Protocol.HTTP, failed(ErrorCode.EXPIRED, TimeUnit.MILLISECONDS.toNanos(7)));
        metrics.ended(
                actor("1"), "call", Protocol.HTTP, failed(ErrorCode.UNMEETABLE, TimeUnit.MILLISECONDS.toNanos(1)));
        Timer timer = registry.get("sluice.query.duration").tag("actor", "a").timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(10);
    }

    @Test
    void countsRefusalsByProtocolAndCode() {
        MicrometerQueryMetrics refusals = new MicrometerQueryMetrics(registry);
        refusals.refused(Protocol.HTTP, ErrorCode.NOT_FOUND);
        refusals.refused(Protocol.HTTP, ErrorCode.NOT_FOUND);
        refusals.refused(Protocol.GRPC, ErrorCode.TOO_LARGE);
        assertThat(registry.get("sluice.requests.refused")
                        .tags("protocol", "http", "code", "not_found")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private static Ending answered(long nanos) {
        return new Ending(null, nanos, true);
    }

    private static Ending failed(ErrorCode code, long nanos) {
        return new Ending(code, nanos, false);
    }

    private double count(String version, String method, String outcome) {
        return registry
                .get("sluice.queries")
                .tags("actor", "a", "version", version, "method", method, "outcome", outcome, "tier", "frontend")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static ActorDescriptor actor(String version) {
        MethodDescriptor call = new MethodDescriptor("call", false, 1, 0, false, "String", "String");
        return new ActorDescriptor("a", version, false, 1_000, "fifo", "", List.of(call));
    }
}
