package dev.sluice.frontend.metrics;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts refused requests as {@code sluice.requests.refused}, tagged {@code protocol} and {@code code}, and replies that nobody takes
 * as {@code sluice.replies.dropped}, tagged {@code protocol}.
 */
public final class MicrometerQueryMetrics implements QueryMetrics {

    private final MeterProvider<Counter> refused;
    private final MeterProvider<Counter> dropped;

    public MicrometerQueryMetrics(MeterRegistry registry) {
        this.refused = Counter.builder("sluice.requests.refused")
                .description("Requests that a protocol adapter refused before they became queries")
                .withRegistry(registry);
        this.dropped = Counter.builder("sluice.replies.dropped")
                .description("Replies whose callers were gone, or did not read those before")
                .withRegistry(registry);
    }

    @Override
    public void refused(Protocol protocol, ErrorCode code) {
        refused.withTags("protocol", protocol.tag(), "code", code.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void dropped(Protocol protocol) {
        dropped.withTags("protocol", protocol.tag()).increment();
    }
}
