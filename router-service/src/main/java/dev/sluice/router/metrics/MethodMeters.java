package dev.sluice.router.metrics;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.metrics.QueryCounters;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.metrics.RetryCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one method of an actor. */
final class MethodMeters {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final QueryCounters outcomes;
    private final RetryCounters retries;
    private final Counter hedges;
    private final Timer duration;
    private final Timer wait;
    private final Timer batchDuration;
    private final DistributionSummary batchSize;
    private final DistributionSummary predictedError;

    MethodMeters(MeterRegistry meters, Tags tags) {
        outcomes = new QueryCounters(meters, tags, "Attempts at queries by outcome", ErrorCode::outcome);
        hedges = Counter.builder("sluice.batch.hedges")
                .description("Batches that were late and sent to another replica as well")
                .tags(tags)
                .register(meters);
        retries = new RetryCounters(meters, tags);
        duration = timer(
                meters,
                "sluice.query.duration",
                "From arrival in the router to the outcome, of all that were not shed",
                tags);
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

    void ended(@Nullable ErrorCode code, long durationNanos) {
        outcomes.ended(code);
        // What is refused at once would make an overloaded actor look quick.
        if (code == null || code.outcome() != Outcome.SHED) {
            duration.record(durationNanos, TimeUnit.NANOSECONDS);
        }
    }

    void batchHedged() {
        hedges.increment();
    }

    void retried(Retry how) {
        retries.retried(how);
    }

    void waited(long nanos) {
        wait.record(nanos, TimeUnit.NANOSECONDS);
    }

    void batchSent(int size) {
        batchSize.record(size);
    }

    void batchDone(long runNanos, long predictedNanos, long wayNanos) {
        batchDuration.record(runNanos, TimeUnit.NANOSECONDS);
        if (predictedNanos > 0) {
            predictedError.record((double) (runNanos + wayNanos) / (predictedNanos + wayNanos));
        }
    }
}
