package dev.sluice.common.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** The retries of one method's queries: {@code sluice.retries}, tagged {@code retry}. All are there from the start. Thread-safe. */
public final class RetryCounters {

    private final Counter[] byKind = new Counter[Retry.values().length];

    public RetryCounters(MeterRegistry meters, Tags tags) {
        for (Retry kind : Retry.values()) {
            byKind[kind.ordinal()] = Counter.builder("sluice.retries")
                    .description("Queries that were sent once more, or would have been but for the retry budget")
                    .tags(tags)
                    .tag("retry", kind.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    public void retried(Retry kind) {
        byKind[kind.ordinal()].increment();
    }
}
