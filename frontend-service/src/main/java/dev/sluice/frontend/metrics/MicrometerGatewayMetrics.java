package dev.sluice.frontend.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.metrics.Retry;
import dev.sluice.frontend.gateway.Ending;
import dev.sluice.frontend.gateway.GatewayMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of a frontend. Actors and methods are those of the catalogue, so the tags stay few. */
public final class MicrometerGatewayMetrics implements GatewayMetrics {

    private record Key(String actor, String version, String method) {

        Tags tags() {
            return Tags.of("actor", actor, "version", version, "method", method, "tier", "frontend");
        }
    }

    private final MeterRegistry meters;
    private final Map<Key, MethodMeters> byMethod = new ConcurrentHashMap<>();

    public MicrometerGatewayMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void announced(ActorDescriptor actor) {
        actor.methods().forEach(method -> of(actor, method.name()));
    }

    @Override
    public void ended(ActorDescriptor actor, String method, Ending ending) {
        of(actor, method).ended(ending);
    }

    @Override
    public void retried(ActorDescriptor actor, String method, Retry how) {
        of(actor, method).retried(how);
    }

    private MethodMeters of(ActorDescriptor actor, String method) {
        Key key = new Key(actor.name(), actor.version(), method);
        MethodMeters own = byMethod.get(key);
        return own != null ? own : byMethod.computeIfAbsent(key, absent -> new MethodMeters(meters, absent.tags()));
    }
}
