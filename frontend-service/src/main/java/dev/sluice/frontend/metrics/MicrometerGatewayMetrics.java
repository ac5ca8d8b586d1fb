package dev.sluice.frontend.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.metrics.Retry;
import dev.sluice.frontend.gateway.Ending;
import dev.sluice.frontend.gateway.GatewayMetrics;
import dev.sluice.frontend.query.Protocol;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of a frontend. Actors and methods are those of the catalogue, so the tags stay few; those of other protocols than the
 * native one begin with the first query that comes by them.
 */
public final class MicrometerGatewayMetrics implements GatewayMetrics {

    private record Key(String actor, String version, String method, Protocol protocol) {

        Tags tags() {
            return Tags.of(
                    "actor",
                    actor,
                    "version",
                    version,
                    "method",
                    method,
                    "protocol",
                    protocol.tag(),
                    "tier",
                    "frontend");
        }
    }

    private final MeterRegistry meters;
    private final Map<Key, MethodMeters> byMethod = new ConcurrentHashMap<>();

    public MicrometerGatewayMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void announced(ActorDescriptor actor) {
        actor.methods().forEach(method -> of(actor, method.name(), Protocol.HTTP));
    }

    @Override
    public void ended(ActorDescriptor actor, String method, Protocol protocol, Ending ending) {
        of(actor, method, protocol).ended(ending);
    }

    @Override
    public void retried(ActorDescriptor actor, String method, Protocol protocol, Retry how) {
        of(actor, method, protocol).retried(how);
    }

    private MethodMeters of(ActorDescriptor actor, String method, Protocol protocol) {
        Key key = new Key(actor.name(), actor.version(), method, protocol);
        MethodMeters own = byMethod.get(key);
        return own != null ? own : byMethod.computeIfAbsent(key, absent -> new MethodMeters(meters, absent.tags()));
    }
}
