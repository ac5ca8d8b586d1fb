package dev.sluice.benchmarks.echo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What a frontend records of every query: its outcome, and how long it took, as a histogram. */
final class EchoMetrics {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final MeterRegistry registry;
    private final Map<String, Meters> byActor = new ConcurrentHashMap<>();

    EchoMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String actor, long nanos) {
        Meters meters = byActor.get(actor);
        if (meters == null) {
            meters = byActor.computeIfAbsent(actor, this::register);
        }
        meters.answered().increment();
        meters.duration().record(nanos, TimeUnit.NANOSECONDS);
    }

    private Meters register(String actor) {
        Tags tags = Tags.of("actor", actor, "method", "call", "tier", "frontend");
        Counter answered = Counter.builder("sluice.queries")
                .tags(tags)
                .tag("outcome", "answered")
                .register(registry);
        Timer duration = Timer.builder("sluice.query.duration")
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
        return new Meters(answered, duration);
    }

    private record Meters(Counter answered, Timer duration) {}
}
