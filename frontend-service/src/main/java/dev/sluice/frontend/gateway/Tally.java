package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.metrics.Retry;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts how queries end, for callers who ask this frontend; what operators see is measured by others, who hear all of it too. */
public final class Tally implements GatewayMetrics, QueryStatistics {

    private record Key(ActorVersion of, String method) {}

    /** Of one outcome. */
    private static final class Ended {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long took) {
            count.increment();
            nanos.add(took);
        }
    }

    private static final class Counts {
        private final Ended answered = new Ended();
        private final Ended failed = new Ended();
        private final Ended cancelled = new Ended();

        Ended of(Outcome outcome) {
            return switch (outcome) {
                case ANSWERED -> answered;
                case CANCELLED -> cancelled;
                case FAILED, SHED, EXPIRED, REFUSED -> failed;
            };
        }
    }

    private final GatewayMetrics others;
    private final Map<Key, Counts> byMethod = new ConcurrentHashMap<>();

    public Tally(GatewayMetrics others) {
        this.others = others;
    }

    @Override
    public void announced(ActorDescriptor actor) {
        // The others first: what they count can be found, and forgotten, for as long as this does.
        others.announced(actor);
        actor.methods().forEach(method -> of(actor, method.name()));
    }

    @Override
    public void ended(ActorDescriptor actor, String method, Protocol protocol, Ending ending) {
        others.ended(actor, method, protocol, ending);
        of(actor, method).of(ending.outcome()).add(ending.nanos());
    }

    @Override
    public void retried(ActorDescriptor actor, String method, Protocol protocol, Retry how) {
        others.retried(actor, method, protocol, how);
    }

    /** Of what anything is counted. */
    Set<ActorVersion> counted() {
        return byMethod.keySet().stream().map(Key::of).collect(Collectors.toSet());
    }

    @Override
    public void forget(ActorVersion gone) {
        byMethod.keySet().removeIf(key -> key.of().equals(gone));
        others.forget(gone);
    }

    private Counts of(ActorDescriptor actor, String method) {
        Key key = new Key(ActorVersion.of(actor), method);
        Counts own = byMethod.get(key);
        return own != null ? own : byMethod.computeIfAbsent(key, absent -> new Counts());
    }

    @Override
    public List<OfMethod> all() {
        return byMethod.entrySet().stream()
                .map(entry -> ofMethod(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static OfMethod ofMethod(Key key, Counts counts) {
        return new OfMethod(
                key.of().actor(),
                key.of().version(),
                key.method(),
                counts.answered.count.sum(),
                counts.answered.nanos.sum(),
                counts.failed.count.sum(),
                counts.failed.nanos.sum(),
                counts.cancelled.count.sum(),
                counts.cancelled.nanos.sum());
    }
}
