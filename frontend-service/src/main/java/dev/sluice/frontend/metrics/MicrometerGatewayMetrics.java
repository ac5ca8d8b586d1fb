package dev.sluice.frontend.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.frontend.gateway.GatewayMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The meters of a frontend. Actors and methods are those of the catalogue, so the tags stay few. */
public final class MicrometerGatewayMetrics implements GatewayMetrics {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private record Key(String actor, String version, String method) {}

    private final MeterRegistry meters;
    private final Map<Key, MethodMeters> byMethod = new ConcurrentHashMap<>();

    public MicrometerGatewayMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(ActorDescriptor actor, String method, Outcome outcome, long durationNanos) {
        Key key = new Key(actor.name(), actor.version(), method);
        MethodMeters own = byMethod.get(key);
        if (own == null) {
            own = byMethod.computeIfAbsent(key, absent -> new MethodMeters(meters, absent));
        }
        own.ended(outcome, durationNanos);
    }

    private static final class MethodMeters {
        private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
        private final Timer duration;

        MethodMeters(MeterRegistry meters, Key key) {
            Tags tags =
                    Tags.of("actor", key.actor(), "version", key.version(), "method", key.method(), "tier", "frontend");
            for (Outcome outcome : EnumSet.complementOf(EnumSet.of(Outcome.REFUSED))) {
                outcomes.put(
                        outcome,
                        Counter.builder("sluice.queries")
                                .description("Queries by outcome")
                                .tags(tags)
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(meters));
            }
            duration = Timer.builder("sluice.query.duration")
                    .description("From acceptance in the frontend to the outcome")
                    .tags(tags)
                    .publishPercentileHistogram()
                    .minimumExpectedValue(SHORTEST)
                    .maximumExpectedValue(LONGEST)
                    .register(meters);
        }

        void ended(Outcome outcome, long nanos) {
            Objects.requireNonNull(outcomes.get(outcome)).increment();
            duration.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
