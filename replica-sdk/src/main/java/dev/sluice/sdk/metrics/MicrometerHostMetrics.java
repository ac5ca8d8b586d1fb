package dev.sluice.sdk.metrics;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.sdk.host.HostMetrics;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The meters of a host. */
public final class MicrometerHostMetrics implements HostMetrics {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private record Key(String actor, String version, String method) {}

    private final Map<Key, Meters> byMethod = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    public MicrometerHostMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public MethodMeters of(String actor, String version, String method) {
        return byMethod.computeIfAbsent(new Key(actor, version, method), key -> new Meters(registry, key));
    }

    private static final class Meters implements MethodMeters {
        private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
        private final DistributionSummary size;
        private final Timer duration;

        Meters(MeterRegistry registry, Key key) {
            Tags tags = Tags.of("actor", key.actor(), "version", key.version(), "method", key.method(), "tier", "host");
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(
                        outcome,
                        Counter.builder("sluice.queries")
                                .description("Queries in batches by outcome")
                                .tags(tags)
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(registry));
            }
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
        public void queryEnded(Outcome outcome) {
            Objects.requireNonNull(outcomes.get(outcome)).increment();
        }

        @Override
        public void batchEnded(int queries, long runNanos) {
            size.record(queries);
            duration.record(runNanos, TimeUnit.NANOSECONDS);
        }
    }
}
