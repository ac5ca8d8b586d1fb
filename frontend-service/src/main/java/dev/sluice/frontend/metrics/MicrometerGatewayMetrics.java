package dev.sluice.frontend.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.metrics.TaggedMeters;
import dev.sluice.frontend.gateway.ActorVersion;
import dev.sluice.frontend.gateway.Ending;
import dev.sluice.frontend.gateway.GatewayMetrics;
import dev.sluice.frontend.query.Protocol;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of a frontend. Actors and methods are those of the catalogue, so the tags stay few; those of other protocols than the
 * native one begin with the first query that comes by them.
 */
public final class MicrometerGatewayMetrics implements GatewayMetrics {

    private static final String TIER = "frontend";

    private record Key(ActorVersion of, String method, Protocol protocol) {

        Tags tags() {
            return Tags.of(
                    "actor",
                    of.actor(),
                    "version",
                    of.version(),
                    "method",
                    method,
                    "protocol",
                    protocol.tag(),
                    "tier",
                    TIER);
        }
    }

    private final MeterRegistry meters;
    private final Map<Key, MethodMeters> byMethod = new ConcurrentHashMap<>();
    /** Of all actors, whatever becomes of those. Counted apart from the ledger, so that one can be held against the other. */
    private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);

    public MicrometerGatewayMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.REFUSED) {
                ended.put(outcome, counter(meters, outcome));
            }
        }
    }

    private static Counter counter(MeterRegistry meters, Outcome outcome) {
        return Counter.builder("sluice.queries.ended")
                .description("Queries that ended, since the start and of all actors, those that are gone included")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    @Override
    public void announced(ActorDescriptor actor) {
        actor.methods().forEach(method -> of(actor, method.name(), Protocol.HTTP));
    }

    @Override
    public void ended(ActorDescriptor actor, String method, Protocol protocol, Ending ending) {
        Counter all = ended.get(ending.outcome());
        if (all != null) {
            all.increment();
        }
        of(actor, method, protocol).ended(ending);
    }

    @Override
    public void retried(ActorDescriptor actor, String method, Protocol protocol, Retry how) {
        of(actor, method, protocol).retried(how);
    }

    @Override
    public void forget(ActorVersion gone) {
        // In this order: who counts in between counts on where nobody looks any more, and not where it would stay for
        // ever.
        TaggedMeters.remove(meters, Tags.of("actor", gone.actor(), "version", gone.version(), "tier", TIER));
        byMethod.keySet().removeIf(key -> key.of().equals(gone));
    }

    private MethodMeters of(ActorDescriptor actor, String method, Protocol protocol) {
        Key key = new Key(ActorVersion.of(actor), method, protocol);
        MethodMeters own = byMethod.get(key);
        return own != null ? own : byMethod.computeIfAbsent(key, absent -> new MethodMeters(meters, absent.tags()));
    }
}
