package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.ResultFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host's link: what it announces, and what becomes of the batches that it was given. On the link's event loop. */
final class HostSession implements LinkReceiver {

    private static final Logger log = LoggerFactory.getLogger(HostSession.class);

    private final HostLink host;
    private final ActorDirectory actors;
    private final QuerySource queries;
    private final Runnable changed;
    private final LongSupplier clock;
    private Map<String, ActorDispatcher> serving = Map.of();
    private volatile @Nullable Announcement last;
    private volatile long announcedNanos;

    /** @param changed told, on any thread, whenever what this host can run may have changed */
    HostSession(HostLink host, ActorDirectory actors, QuerySource queries, Runnable changed, LongSupplier clock) {
        this.host = host;
        this.actors = actors;
        this.queries = queries;
        this.changed = changed;
        this.clock = clock;
        this.announcedNanos = clock.getAsLong();
    }

    /** What the host said last. Any thread. */
    @Nullable Announcement announcement() {
        return last;
    }

    HostLink host() {
        return host;
    }

    /** How long ago the host renewed its lease. Any thread. */
    long sinceAnnouncedNanos(long now) {
        return now - announcedNanos;
    }

    @Override
    public void received(Frame frame) {
        if (frame instanceof ResultFrame result) {
            result(result);
        } else if (frame instanceof Frame.Done done) {
            withBatch(
                    host.takeBatch(done.batch()), (dispatcher, batch) -> dispatcher.batchDone(batch, done.runNanos()));
        } else if (frame instanceof Frame.Spent spent) {
            spent(spent);
        } else if (frame instanceof Frame.Failed failed) {
            failed(failed);
        } else if (frame instanceof Frame.Lent lent) {
            withBatch(host.findBatch(lent.batch()), ActorDispatcher::batchLent);
        } else if (frame instanceof Frame.Busy busy) {
            withBatch(host.takeBatch(busy.batch()), ActorDispatcher::batchRefused);
        } else if (frame instanceof Frame.Load load) {
            load.freeReplicas().forEach(this::free);
        } else if (frame instanceof Frame.Announce announce) {
            announced(announce);
        } else {
            queries.received(frame);
        }
    }

    private void result(ResultFrame result) {
        boolean more = result.kind() == ResultFrame.Kind.ITEM;
        RoutedQuery query = more ? host.find(result.exchange()) : host.take(result.exchange());
        if (query == null) {
            result.release();
        } else if (result.size() > query.origin().mostResultBytes()) {
            tooLarge(query, result);
        } else if (more) {
            query.answeredInPart();
            query.origin().pass(query, result);
        } else if (query.hedge() == null) {
            RunningBatch batch = query.batch();
            if (batch != null) {
                batch.answeredOne();
            }
            query.dispatcher().outcomes().answered(query, result);
        } else {
            ActorDispatcher dispatcher = query.dispatcher();
            dispatcher.shard().execute(() -> dispatcher.inFlight().answered(query, host, result));
        }
    }

    /** In turn with the outcome that follows: of a query that two hosts have, on the shard. */
    private void spent(Frame.Spent spent) {
        RoutedQuery query = host.find(spent.exchange());
        if (query == null) {
            return;
        }
        Ran ran = new Ran(spent.waitedNanos(), spent.ranNanos());
        RunningBatch batch = query.batch();
        if (query.hedge() == null) {
            query.ran(batch, ran);
        } else {
            query.dispatcher().shard().execute(() -> {
                HedgedQuery hedge = query.hedge();
                query.ran(
                        hedge == null
                                ? batch
                                : hedge.side(host, spent.exchange()).batch(),
                        ran);
            });
        }
    }

    /** Passed on, it would end the caller's link, and with it what others wait for. */
    private void tooLarge(RoutedQuery query, ResultFrame result) {
        if (result.kind() == ResultFrame.Kind.ITEM) {
            host.link().send(new Frame.Cancel(result.exchange()));
            if (host.take(result.exchange()) == null) {
                result.release();
                return;
            }
        }
        Failure failure = Refusals.resultTooLarge(result.size(), query.origin().mostResultBytes());
        result.release();
        end(query, result.exchange(), failure);
    }

    private void failed(Frame.Failed failed) {
        RoutedQuery query = host.take(failed.exchange());
        if (query != null) {
            end(
                    query,
                    failed.exchange(),
                    new Failure(ErrorCode.of(failed.code()), failed.message(), failed.retryAfterMillis()));
        }
    }

    /** At once, but where the query may be run once more, or is with another replica too: of that the shard knows. */
    private void end(RoutedQuery query, long exchange, Failure failure) {
        ActorDispatcher dispatcher = query.dispatcher();
        boolean byUserCode = failure.code() == ErrorCode.FAILED;
        boolean hedged = query.hedge() != null;
        RunningBatch batch = query.batch();
        if (batch != null && byUserCode && !hedged) {
            // Here, since the end of a batch may overtake its failures on the link: what is done about that comes after
            // them.
            batch.failedOne();
        }
        if (hedged || byUserCode && dispatcher.descriptor().idempotent()) {
            dispatcher.shard().execute(() -> dispatcher.inFlight().failed(query, host, exchange, failure));
            return;
        }
        dispatcher.outcomes().failed(query, failure);
    }

    private static void withBatch(@Nullable RunningBatch batch, BiConsumer<ActorDispatcher, RunningBatch> then) {
        if (batch != null) {
            ActorDispatcher dispatcher = batch.queries().get(0).dispatcher();
            dispatcher.shard().execute(() -> then.accept(dispatcher, batch));
        }
    }

    private void free(String replica) {
        ActorDispatcher dispatcher = serving.get(replica);
        if (dispatcher != null) {
            dispatcher.shard().execute(() -> dispatcher.replicaFree(host, replica));
        }
    }

    private void announced(Frame.Announce frame) {
        Announcement announcement;
        try {
            announcement = MembershipJson.read(frame.json(), Announcement.class);
        } catch (FrameException e) {
            host.link().close("the host sent " + e.getMessage());
            return;
        }
        announcedNanos = clock.getAsLong();
        if (!announcement.equals(last)) {
            last = announcement;
            serve(announcement);
        }
    }

    private void serve(Announcement announcement) {
        Map<VersionKey, ActorDispatcher> dispatchers = dispatchers(announcement);
        Map<String, ActorDispatcher> next = new HashMap<>();
        Map<String, List<Explored>> explored = new HashMap<>();
        for (Announcement.Replica replica : announcement.replicas()) {
            ActorDispatcher dispatcher = dispatchers.get(new VersionKey(replica.actor(), replica.version()));
            if (dispatcher != null && replica.state() == Announcement.State.READY && !announcement.draining()) {
                next.put(replica.id(), dispatcher);
                explored.put(replica.id(), known(replica, announcement.actors()));
            }
        }
        Map<String, ActorDispatcher> before = serving;
        serving = next;
        before.forEach((id, dispatcher) -> {
            if (next.get(id) != dispatcher) {
                dispatcher.shard().execute(() -> dispatcher.replicaDown(host, id));
            }
        });
        next.forEach((id, dispatcher) -> {
            if (before.get(id) != dispatcher) {
                List<Explored> batches = explored.getOrDefault(id, List.of());
                dispatcher.shard().execute(() -> dispatcher.replicaUp(host, id, announcement.kind(), batches));
            }
        });
        Set<ActorDispatcher> touched = new HashSet<>(dispatchers.values());
        touched.addAll(before.values());
        // Behind what these shards were just given to do.
        touched.forEach(dispatcher -> dispatcher.shard().execute(changed));
    }

    /** What can be believed of the batches that a replica ran. */
    private static List<Explored> known(Announcement.Replica replica, List<ActorDescriptor> actors) {
        return replica.explored().stream()
                .filter(batch -> batch.rows() >= 1
                        && batch.nanos() >= 0
                        && actors.stream()
                                .anyMatch(actor -> actor.name().equals(replica.actor())
                                        && actor.version().equals(replica.version())
                                        && actor.method(batch.method()).isPresent()))
                .toList();
    }

    /** An actor that asks for what there is not is left out; the others of the host still serve. */
    private Map<VersionKey, ActorDispatcher> dispatchers(Announcement announcement) {
        Set<VersionKey> hosted = new HashSet<>();
        announcement.replicas().forEach(replica -> hosted.add(new VersionKey(replica.actor(), replica.version())));
        Map<VersionKey, ActorDispatcher> dispatchers = new HashMap<>();
        for (ActorDescriptor actor : announcement.actors()) {
            VersionKey version = VersionKey.of(actor);
            try {
                ActorDispatcher dispatcher = actors.announced(actor, hosted.contains(version));
                if (dispatcher != null) {
                    dispatchers.put(version, dispatcher);
                }
            } catch (IllegalArgumentException e) {
                log.error(
                        "The actor '{}' of the host {} is not served: {}", actor.name(), host.nodeId(), e.getMessage());
            }
        }
        return dispatchers;
    }

    @Override
    public void closed(String reason) {
        List<RoutedQuery> taken = host.takeAll();
        Announcement said = last;
        if (taken.isEmpty() && said != null && said.draining()) {
            log.info("The host {} has left.", host.nodeId());
        } else {
            log.warn("Lost the host {} with {} queries in its hands: {}.", host.nodeId(), taken.size(), reason);
        }
        Map<String, ActorDispatcher> before = serving;
        serving = Map.of();
        before.forEach((id, dispatcher) -> dispatcher.shard().execute(() -> {
            dispatcher.replicaDown(host, id);
            // The shard may have sent more before it heard of the loss; from here on it does not.
            host.loseBatches();
            lost(host.takeAll());
        }));
        host.loseBatches();
        lost(taken);
        queries.closed(reason);
        Set.copyOf(before.values()).forEach(dispatcher -> dispatcher.shard().execute(changed));
    }

    private void lost(List<RoutedQuery> taken) {
        for (RoutedQuery query : taken) {
            query.dispatcher()
                    .shard()
                    .execute(() -> query.dispatcher().inFlight().lost(query, host));
        }
    }
}
