package dev.sluice.sdk.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.Absences;
import dev.sluice.common.metrics.TaggedMeters;
import dev.sluice.sdk.host.HostMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The meters of a host. */
public final class MicrometerHostMetrics implements HostMetrics {

    private record Version(String actor, String version) {

        Tags tags() {
            return Tags.of("actor", actor, "version", version, "tier", "host");
        }
    }

    private record Key(Version of, String method) {

        Tags tags() {
            return of.tags().and("method", method);
        }
    }

    private final Map<Key, MicrometerMethodMeters> byMethod = new ConcurrentHashMap<>();
    private final LongAdder inFlight = new LongAdder();
    private final MeterRegistry registry;
    private final Absences<Version> absences;

    /**
     * @param memory how long a version is shown that has no replica any more
     * @param clock monotonic, in nanoseconds
     */
    public MicrometerHostMetrics(MeterRegistry registry, Duration memory, LongSupplier clock) {
        this.registry = registry;
        this.absences = new Absences<>(memory, clock);
        Gauge.builder("sluice.link.inflight", inFlight, LongAdder::sum)
                .description("Queries on this host that have no outcome yet")
                .register(registry);
    }

    @Override
    public void running(Collection<ActorDescriptor> actors) {
        Set<Version> there = actors.stream()
                .map(actor -> new Version(actor.name(), actor.version()))
                .collect(Collectors.toSet());
        Set<Version> measured = byMethod.keySet().stream().map(Key::of).collect(Collectors.toSet());
        for (Version gone : absences.look(measured, there::contains)) {
            TaggedMeters.remove(registry, gone.tags());
            byMethod.keySet().removeIf(key -> key.of().equals(gone));
        }
    }

    @Override
    public MethodMeters of(String actor, String version, String method) {
        return byMethod.computeIfAbsent(
                new Key(new Version(actor, version), method),
                key -> new MicrometerMethodMeters(registry, key.tags(), inFlight));
    }
}
