package dev.sluice.sdk.metrics;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.metrics.QueryCounters;
import dev.sluice.sdk.host.HostMetrics;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The meters of one method of an actor. */
final class MicrometerMethodMeters implements HostMetrics.MethodMeters {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final LongAdder inFlight;
    private final QueryCounters outcomes;
    private final DistributionSummary size;
    private final Timer duration;

    /** @param inFlight of the whole host */
    MicrometerMethodMeters(MeterRegistry registry, Tags tags, LongAdder inFlight) {
        this.inFlight = inFlight;
        outcomes = new QueryCounters(registry, tags, "Queries in batches by outcome", ErrorCode::outcome);
        size = DistributionSummary.builder("sluice.batch.size")
                .description("Queries per batch")
                .tags(tags)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
        duration = Timer.builder("sluice.batch.duration")
                .description("From the start of a batch to the outcome of its last query")
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }

    @Override
    public void queriesCame(int queries) {
        inFlight.add(queries);
    }

    @Override
    public void queriesWentBack(int queries) {
        inFlight.add(-queries);
    }

    @Override
    public void queryEnded(@Nullable ErrorCode code) {
        inFlight.decrement();
        outcomes.ended(code);
    }

    @Override
    public void batchEnded(int queries, long runNanos) {
        size.record(queries);
        duration.record(runNanos, TimeUnit.NANOSECONDS);
    }
}
