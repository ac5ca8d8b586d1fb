package dev.sluice.sdk.metrics;

import dev.sluice.sdk.host.HostMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The meters of a host. */
public final class MicrometerHostMetrics implements HostMetrics {

    private record Key(String actor, String version, String method) {

        Tags tags() {
            return Tags.of("actor", actor, "version", version, "method", method, "tier", "host");
        }
    }

    private final Map<Key, MicrometerMethodMeters> byMethod = new ConcurrentHashMap<>();
    private final LongAdder inFlight = new LongAdder();
    private final MeterRegistry registry;

    public MicrometerHostMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("sluice.link.inflight", inFlight, LongAdder::sum)
                .description("Queries on this host that have no outcome yet")
                .register(registry);
    }

    @Override
    public MethodMeters of(String actor, String version, String method) {
        return byMethod.computeIfAbsent(
                new Key(actor, version, method), key -> new MicrometerMethodMeters(registry, key.tags(), inFlight));
    }
}
