package dev.sluice.frontend.metrics;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.metrics.QueryCounters;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.metrics.RetryCounters;
import dev.sluice.frontend.gateway.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The meters of one method of an actor. */
final class MethodMeters {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final QueryCounters outcomes;
    private final Counter withinSlo;
    private final Timer duration;
    private final RetryCounters retries;

    MethodMeters(MeterRegistry meters, Tags tags) {
        outcomes = new QueryCounters(meters, tags, "Queries by outcome", Ending::outcome);
        retries = new RetryCounters(meters, tags);
        withinSlo = Counter.builder("sluice.queries.within.slo")
                .description("Queries that were answered within their SLO: their rate is the goodput")
                .tags(tags)
                .register(meters);
        duration = Timer.builder("sluice.query.duration")
                .description("From acceptance in the frontend to the outcome, of all that were not shed")
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(meters);
    }

    void retried(Retry how) {
        retries.retried(how);
    }

    void ended(Ending ending) {
        outcomes.ended(ending.code());
        if (ending.withinSlo()) {
            withinSlo.increment();
        }
        // What is refused at once would make an overloaded actor look quick.
        if (ending.outcome() != Outcome.SHED) {
            duration.record(ending.nanos(), TimeUnit.NANOSECONDS);
        }
    }
}
