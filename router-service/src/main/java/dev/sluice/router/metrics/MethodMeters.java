package dev.sluice.router.metrics;

import dev.sluice.common.error.ErrorCode.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The meters of one method of an actor. */
final class MethodMeters {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Timer duration;
    private final Timer wait;
    private final Timer batchDuration;
    private final DistributionSummary batchSize;
    private final DistributionSummary predictedError;

    MethodMeters(MeterRegistry meters, Tags tags) {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("sluice.queries")
                            .description("Attempts at queries by outcome")
                            .tags(tags)
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        duration = timer(meters, "sluice.query.duration", "From arrival in the router to the outcome", tags);
        wait = timer(meters, "sluice.queue.wait", "From arrival in the router to dispatch", tags);
        batchDuration = timer(meters, "sluice.batch.duration", "What hosts say a batch took", tags);
        batchSize = DistributionSummary.builder("sluice.batch.size")
                .description("Queries per batch")
                .tags(tags)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(meters);
        predictedError = DistributionSummary.builder("sluice.batch.predicted.error")
                .description("Measured time of a batch divided by the predicted one")
                .tags(tags)
                .serviceLevelObjectives(0.5, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 4)
                .register(meters);
    }

    private static Timer timer(MeterRegistry meters, String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(meters);
    }

    void ended(Outcome outcome, long durationNanos) {
        Objects.requireNonNull(outcomes.get(outcome)).increment();
        duration.record(durationNanos, TimeUnit.NANOSECONDS);
    }

    void waited(long nanos) {
        wait.record(nanos, TimeUnit.NANOSECONDS);
    }

    void batchSent(int size) {
        batchSize.record(size);
    }

    void batchDone(long runNanos, long predictedNanos) {
        batchDuration.record(runNanos, TimeUnit.NANOSECONDS);
        if (predictedNanos > 0) {
            predictedError.record((double) runNanos / predictedNanos);
        }
    }
}
