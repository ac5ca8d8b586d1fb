package dev.sluice.frontend.metrics;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts refused requests as {@code sluice.requests.refused}, tagged {@code protocol} and {@code code}. */
public final class MicrometerQueryMetrics implements QueryMetrics {

    private final MeterProvider<Counter> refused;

    public MicrometerQueryMetrics(MeterRegistry registry) {
        this.refused = Counter.builder("sluice.requests.refused")
                .description("Requests that a protocol adapter refused before they became queries")
                .withRegistry(registry);
    }

    @Override
    public void refused(Protocol protocol, ErrorCode code) {
        refused.withTags("protocol", protocol.tag(), "code", code.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
