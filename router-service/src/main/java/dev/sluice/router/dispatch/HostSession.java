package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host's link: what it announces, and what becomes of the batches that it was given. On the link's event loop. */
final class HostSession implements LinkReceiver {

    private static final Logger log = LoggerFactory.getLogger(HostSession.class);

    private record Place(String actor, String version, String replica) {}

    private final HostLink host;
    private final ActorDirectory actors;
    private final QuerySource queries;
    private final Runnable changed;
    private final Map<Place, ActorDispatcher> serving = new HashMap<>();
    private volatile @Nullable Announcement last;
    private volatile long announcedNanos = System.nanoTime();

    /** @param changed told whenever what this host can run may have changed */
    HostSession(Link link, ActorDirectory actors, QuerySource queries, Runnable changed) {
        this.host = new HostLink(link);
        this.actors = actors;
        this.queries = queries;
        this.changed = changed;
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
        } else if (frame instanceof Frame.Failed failed) {
            RoutedQuery query = host.take(failed.exchange());
            if (query != null) {
                query.dispatcher()
                        .end(
                                query,
                                new Failure(ErrorCode.of(failed.code()), failed.message(), failed.retryAfterMillis()));
            }
        } else if (frame instanceof Frame.Busy busy) {
            withBatch(host.takeBatch(busy.batch()), ActorDispatcher::batchRefused);
        } else if (frame instanceof Frame.Load load) {
            load.freeReplicas().forEach(this::free);
        } else if (frame instanceof Frame.Announce announce) {
            announced(MembershipJson.read(announce.json(), Announcement.class));
        } else {
            queries.received(frame);
        }
    }

    private void result(ResultFrame result) {
        boolean more = result.kind() == ResultFrame.Kind.ITEM;
        RoutedQuery query = more ? host.find(result.exchange()) : host.take(result.exchange());
        if (query == null) {
            result.release();
        } else if (more) {
            query.answeredInPart();
            query.origin().pass(query, result);
        } else {
            query.dispatcher().answered(query, result);
        }
    }

    private static void withBatch(@Nullable RunningBatch batch, BiConsumer<ActorDispatcher, RunningBatch> then) {
        if (batch != null) {
            ActorDispatcher dispatcher = ((RoutedQuery) batch.batch().get(0)).dispatcher();
            dispatcher.shard().execute(() -> then.accept(dispatcher, batch));
        }
    }

    private void free(String replica) {
        serving.forEach((place, dispatcher) -> {
            if (place.replica().equals(replica)) {
                dispatcher.shard().execute(() -> dispatcher.replicaFree(host, replica));
            }
        });
    }

    private void announced(Announcement announcement) {
        announcedNanos = System.nanoTime();
        boolean same = announcement.equals(last);
        last = announcement;
        if (same) {
            return;
        }
        Map<String, ActorDispatcher> dispatchers = new HashMap<>();
        for (ActorDescriptor actor : announcement.actors()) {
            dispatchers.put(actor.name() + '\n' + actor.version(), actors.announced(actor));
        }
        Set<Place> gone = new HashSet<>(serving.keySet());
        for (Announcement.Replica replica : announcement.replicas()) {
            ActorDispatcher dispatcher = dispatchers.get(replica.actor() + '\n' + replica.version());
            if (dispatcher != null && replica.state() == Announcement.State.READY && !announcement.draining()) {
                Place place = new Place(replica.actor(), replica.version(), replica.id());
                gone.remove(place);
                if (serving.put(place, dispatcher) == null) {
                    dispatcher.shard().execute(() -> dispatcher.replicaUp(host, replica.id()));
                }
            }
        }
        gone.forEach(this::down);
        changed.run();
    }

    private void down(Place place) {
        ActorDispatcher dispatcher = serving.remove(place);
        if (dispatcher != null) {
            dispatcher.shard().execute(() -> dispatcher.replicaDown(host, place.replica()));
        }
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
        Set.copyOf(serving.keySet()).forEach(this::down);
        for (RoutedQuery query : taken) {
            query.dispatcher().shard().execute(() -> query.dispatcher().lost(query, host.nodeId()));
        }
        queries.closed(reason);
        changed.run();
    }
}
