package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.wire.Role;
import dev.sluice.router.dispatch.ActorDispatcher.Learnt;
import dev.sluice.scheduling.SchedulerView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What operators may see of this router. Numbers are those of the moment, each read where it is kept. */
public final class RouterView {

    private static final String DRAINING = "draining";

    /** What a replica may be. */
    public static final List<String> STATES = states();

    /**
     * One actor.
     *
     * @param replicas that serve
     * @param free batches that they could take now
     * @param waiting queries of all its methods
     * @param hosts that have replicas of it, in whatever state
     */
    public record ActorView(
            String name,
            String version,
            boolean idempotent,
            String scheduler,
            long sloMillis,
            List<MethodDescriptor> methods,
            int replicas,
            int free,
            int waiting,
            List<String> hosts) {}

    /** One replica, as its host announced it. */
    public record ReplicaView(String actor, String version, String host, String replica, String state, String reason) {}

    /**
     * One method's queue.
     *
     * @param bytes of all methods of the actor together
     * @param free batches that replicas of the actor could take now
     */
    public record QueueView(String actor, String version, String method, int size, long bytes, int free) {}

    /**
     * What the scheduler of one actor has learnt and done.
     *
     * @param retriesSaved how many queries that a failing replica failed may be run once more
     * @param learnt null where it did not say in time
     */
    public record SchedulingView(
            String actor,
            String version,
            String scheduler,
            double retriesSaved,
            @Nullable SchedulerView learnt) {}

    private final ActorDirectory actors;
    private final RouterLinks links;

    public RouterView(ActorDirectory actors, RouterLinks links) {
        this.actors = actors;
        this.links = links;
    }

    /** Queries that have no outcome yet. */
    public int inFlight() {
        return links.inFlight();
    }

    /** The node ids of the frontends that are linked. */
    public List<String> frontends() {
        return links.links().stream()
                .filter(link -> link.peer().role() == Role.FRONTEND)
                .map(link -> link.peer().nodeId())
                .sorted()
                .toList();
    }

    public List<ActorView> actors() {
        List<ActorView> views = new ArrayList<>();
        for (ActorDispatcher dispatcher : actors.all()) {
            var actor = dispatcher.descriptor();
            List<String> hosts = links.hosts().stream()
                    .filter(host -> announces(host.announcement(), actor.name(), actor.version()))
                    .map(host -> host.host().nodeId())
                    .sorted()
                    .toList();
            views.add(new ActorView(
                    actor.name(),
                    actor.version(),
                    actor.idempotent(),
                    actor.scheduler(),
                    actor.sloMillis(),
                    actor.methods(),
                    dispatcher.replicaCount(),
                    dispatcher.free(),
                    dispatcher.waiting(),
                    hosts));
        }
        views.sort(Comparator.comparing(ActorView::name).thenComparing(ActorView::version));
        return views;
    }

    private static List<String> states() {
        List<String> states = new ArrayList<>();
        for (Announcement.State state : Announcement.State.values()) {
            states.add(name(state));
        }
        states.add(DRAINING);
        return List.copyOf(states);
    }

    private static String name(Announcement.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static boolean announces(@Nullable Announcement announcement, String name, String version) {
        return announcement != null
                && announcement.replicas().stream()
                        .anyMatch(replica -> replica.actor().equals(name)
                                && replica.version().equals(version));
    }

    public List<ReplicaView> replicas() {
        List<ReplicaView> views = new ArrayList<>();
        for (HostSession host : links.hosts()) {
            Announcement announcement = host.announcement();
            if (announcement != null) {
                for (Announcement.Replica replica : announcement.replicas()) {
                    views.add(new ReplicaView(
                            replica.actor(),
                            replica.version(),
                            host.host().nodeId(),
                            replica.id(),
                            announcement.draining() ? DRAINING : name(replica.state()),
                            replica.reason()));
                }
            }
        }
        views.sort(Comparator.comparing(ReplicaView::actor)
                .thenComparing(ReplicaView::version)
                .thenComparing(ReplicaView::host)
                .thenComparing(ReplicaView::replica));
        return views;
    }

    /** Replicas by state, over all hosts. */
    public Map<String, Integer> replicasByState() {
        Map<String, Integer> counts = new TreeMap<>();
        replicas().forEach(replica -> counts.merge(replica.state(), 1, Integer::sum));
        return counts;
    }

    public List<QueueView> queues() {
        List<QueueView> views = new ArrayList<>();
        for (ActorDispatcher dispatcher : actors.all()) {
            var actor = dispatcher.descriptor();
            for (MethodDescriptor method : actor.methods()) {
                views.add(new QueueView(
                        actor.name(),
                        actor.version(),
                        method.name(),
                        dispatcher.batcher().size(method.name()),
                        dispatcher.batcher().retainedBytes(),
                        dispatcher.free()));
            }
        }
        views.sort(Comparator.comparing(QueueView::actor)
                .thenComparing(QueueView::version)
                .thenComparing(QueueView::method));
        return views;
    }

    /** What the schedulers of an actor's versions have learnt; waits for their shards, for a second at most. Never on an event loop. */
    public List<SchedulingView> scheduling(String name) {
        List<SchedulingView> views = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (ActorDispatcher dispatcher : actors.all()) {
            ActorDescriptor actor = dispatcher.descriptor();
            if (actor.name().equals(name)) {
                Learnt learnt = learnt(dispatcher, until - System.nanoTime());
                views.add(
                        learnt == null
                                ? new SchedulingView(actor.name(), actor.version(), actor.scheduler(), 0, null)
                                : view(actor, learnt));
            }
        }
        return views;
    }

    /** As {@link #scheduling(String)}, of all actors, once their shards have said it. On any thread. */
    public CompletableFuture<List<SchedulingView>> scheduling() {
        List<CompletableFuture<SchedulingView>> views = new ArrayList<>();
        for (ActorDispatcher dispatcher : actors.all()) {
            ActorDescriptor actor = dispatcher.descriptor();
            views.add(dispatcher.learnt().thenApply(learnt -> view(actor, learnt)));
        }
        return CompletableFuture.allOf(views.toArray(CompletableFuture[]::new))
                .thenApply(all -> views.stream().map(CompletableFuture::join).toList());
    }

    private static SchedulingView view(ActorDescriptor actor, Learnt learnt) {
        return new SchedulingView(actor.name(), actor.version(), actor.scheduler(), learnt.retries(), learnt.view());
    }

    private static @Nullable Learnt learnt(ActorDispatcher dispatcher, long patienceNanos) {
        try {
            return dispatcher.learnt().get(Math.max(1, patienceNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            // The shard is busy or gone.
            return null;
        }
    }
}
