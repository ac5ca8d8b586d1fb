package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkHandler;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Frame;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as a host: its replicas, and the routers that it announces itself to. Thread-safe. */
public final class Host implements LinkHandler, LinkedPeers {

    private static final Logger log = LoggerFactory.getLogger(Host.class);
    private static final long GLANCE_MILLIS = 20;

    private final EventExecutor loop;
    private final HostSettings settings;
    private final List<HostedActor> configured;
    private final List<HostedActor> served = new ArrayList<>();
    private final ReplicaSet replicas;
    private final Placements placements;
    private final RouterCalls calls;
    private final Set<Link> routers = ConcurrentHashMap.newKeySet();
    private boolean draining;
    private volatile Announcement announcement;

    /**
     * @param loop owns the state of this host
     * @param actors that its own configuration names
     * @param resolver of what routers ask for beside those
     */
    public Host(
            EventExecutor loop,
            HostSettings settings,
            List<HostedActor> actors,
            VersionResolver resolver,
            HostMetrics metrics) {
        this(loop, settings, actors, resolver, new Observers(metrics, Spans.NONE), new RouterCalls());
    }

    /**
     * Who is told of queries.
     *
     * @param metrics counts them
     * @param spans records those that belong to a trace
     */
    public record Observers(HostMetrics metrics, Spans spans) {}

    /**
     * As the other.
     *
     * @param calls what the actors' clients call by
     */
    public Host(
            EventExecutor loop,
            HostSettings settings,
            List<HostedActor> actors,
            VersionResolver resolver,
            Observers observers,
            RouterCalls calls) {
        this.calls = calls;
        this.loop = loop;
        this.settings = settings;
        this.configured = List.copyOf(actors);
        this.replicas = new ReplicaSet(
                new HostContext(
                        loop, observers.metrics(), settings.stuckAfter().toNanos(), this::announce, observers.spans()),
                settings.stuckAfter());
        this.placements = new Placements(resolver, replicas, settings.slots());
        this.announcement = announcementNow();
    }

    private Announcement announcementNow() {
        List<String> linked =
                routers.stream().map(router -> router.peer().nodeId()).sorted().toList();
        return new Announcement(
                settings.slots(),
                draining,
                descriptors(),
                replicas.announced(),
                settings.kind(),
                Optional.of(placements.announced(linked)));
    }

    /** What the configuration names, but for what routers have made known as the same version. */
    private List<ActorDescriptor> descriptors() {
        Map<List<String>, ActorDescriptor> all = new LinkedHashMap<>();
        configured.forEach(actor -> put(all, actor.type().descriptor()));
        served.forEach(actor -> put(all, actor.type().descriptor()));
        // Also of versions that nobody wants any more, as long as replicas of them go on.
        replicas.all().forEach(replica -> put(all, replica.actor().type().descriptor()));
        placements.descriptors().forEach(placed -> put(all, placed));
        return List.copyOf(all.values());
    }

    private static void put(Map<List<String>, ActorDescriptor> all, ActorDescriptor actor) {
        all.put(List.of(actor.name(), actor.version()), actor);
    }

    /** Starts the replicas that the configuration names, and the clockwork of leases. */
    public void start() {
        loop.execute(() -> {
            configured.forEach(this::startReplicas);
            announce();
        });
        long third = settings.lease().toNanos() / 3;
        loop.scheduleAtFixedRate(this::everyThirdOfALease, third, third, TimeUnit.NANOSECONDS);
        long check = settings.healthCheck().toNanos();
        if (check > 0) {
            loop.scheduleAtFixedRate(this::checkHealth, check, check, TimeUnit.NANOSECONDS);
        }
    }

    private void startReplicas(HostedActor actor) {
        for (int i = 0; i < actor.replicas(); i++) {
            replicas.add(actor);
        }
    }

    /**
     * Starts replicas of an actor that came after this host was started, unless routers say what is to run of the actor. One of a name
     * that the configuration has is left out. Any thread.
     */
    public void serve(HostedActor actor) {
        String name = actor.type().descriptor().name();
        if (configured.stream().anyMatch(own -> own.type().descriptor().name().equals(name))) {
            log.error("There is another actor '{}' on this host already: give one of the two another name.", name);
            return;
        }
        loop.execute(() -> {
            if (served.stream().anyMatch(other -> isMixedUp(other, actor))) {
                log.error(
                        "There is another actor '{}' of version {} on this host already: give one of the two another name.",
                        name,
                        actor.type().descriptor().version());
                return;
            }
            served.add(actor);
            if (!draining && !placements.know(name)) {
                startReplicas(actor);
            }
            announce();
        });
    }

    /** Whether callers of the one would come to the other as well. */
    private static boolean isMixedUp(HostedActor one, HostedActor other) {
        ActorDescriptor own = one.type().descriptor();
        ActorDescriptor others = other.type().descriptor();
        return own.name().equals(others.name()) && own.version().equals(others.version());
    }

    /** Ends the replicas that {@link #serve} started, after what they run, and forgets the actor. Any thread. */
    public void withdraw(HostedActor actor) {
        loop.execute(() -> {
            served.remove(actor);
            for (HostedReplica replica : replicas.all()) {
                if (replica.actor().equals(actor) && !replica.isEnding()) {
                    replicas.end(replica);
                }
            }
            announce();
        });
    }

    /** What actors can be made of has changed: routers are told, and what could not be made for them is tried again. Any thread. */
    public void offersChanged() {
        loop.execute(() -> {
            placements.resolveRejected();
            announce();
        });
    }

    private void everyThirdOfALease() {
        try {
            long now = System.nanoTime();
            replicas.replaceStuck(now);
            if (!draining) {
                placements.tryRejectedAgain(now);
            }
            announce();
            replicas.tellRunning();
        } catch (RuntimeException e) {
            // Thrown on, it would stop this clockwork, and the routers would give up a host that is well.
            log.error("A fault in this process while it renewed its lease.", e);
        }
    }

    private void checkHealth() {
        try {
            replicas.checkHealth();
        } catch (RuntimeException e) {
            log.error("A fault in this process while it asked its replicas how they are.", e);
        }
    }

    private void announce() {
        announcement = announcementNow();
        Frame frame = new Frame.Announce(MembershipJson.write(announcement));
        routers.forEach(router -> router.send(frame));
    }

    /** What the routers were told last. */
    public Announcement announcement() {
        return announcement;
    }

    /** Replicas by state, for health and metrics. */
    public Map<Announcement.State, Long> replicasByState() {
        return announcement.replicas().stream()
                .collect(Collectors.groupingBy(Announcement.Replica::state, Collectors.counting()));
    }

    public int linkedRouters() {
        return routers.size();
    }

    @Override
    public Set<Link> links() {
        return Set.copyOf(routers);
    }

    @Override
    public LinkReceiver opened(Link link) {
        // In turn with what is announced to all, or an older state could overtake a newer.
        loop.execute(() -> {
            routers.add(link);
            calls.opened(link);
            log.info("Linked with the router {}.", link);
            // To the others too: routers learn of each other by what hosts say.
            announce();
        });
        return new OnLoop(link, new RouterSession(link, replicas, this::place, calls));
    }

    private void place(Placement placement) {
        if (!draining && placements.apply(placement)) {
            announce();
        }
    }

    /** Takes no new batches; the future completes when those that were accepted have ended. */
    public CompletableFuture<Void> drain() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        loop.execute(() -> {
            draining = true;
            // Announced first: a router that is refused a batch knows why, and does not send it again.
            announce();
            replicas.drain();
            completeWhenIdle(drained);
        });
        return drained;
    }

    private void completeWhenIdle(CompletableFuture<Void> drained) {
        loop.schedule(
                () -> {
                    if (replicas.idle() && routers.stream().allMatch(Link::isFlushed)) {
                        drained.complete(null);
                    } else if (!drained.isDone()) {
                        completeWhenIdle(drained);
                    }
                },
                GLANCE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Ends the links and the replicas; the future completes when every instance of user code is closed and has heard of all cancels. */
    public CompletableFuture<Void> stop() {
        List<Link> open = new ArrayList<>(routers);
        open.forEach(router -> router.close("this host is stopping"));
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.execute(() -> {
            CompletableFuture<?>[] ends = replicas.all().stream()
                    .filter(replica -> !replica.isGivenUp())
                    .map(HostedReplica::stop)
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(ends).thenRun(() -> stopped.complete(null));
        });
        return stopped;
    }

    /** Brings what a link's event loop reads to this host's, which is the same one unless settings say otherwise. */
    private final class OnLoop implements LinkReceiver {
        private final Link link;
        private final RouterSession session;

        OnLoop(Link link, RouterSession session) {
            this.link = link;
            this.session = session;
        }

        @Override
        public void received(Frame frame) {
            if (loop.inEventLoop()) {
                session.received(frame);
            } else {
                loop.execute(() -> session.received(frame));
            }
        }

        @Override
        public void closed(String reason) {
            loop.execute(() -> {
                routers.remove(link);
                log.info("The link with the router {} ended: {}.", link, reason);
                session.closed(reason);
                announce();
            });
        }
    }
}
