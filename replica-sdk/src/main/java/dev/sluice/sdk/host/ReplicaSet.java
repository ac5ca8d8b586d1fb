package dev.sluice.sdk.host;

import dev.sluice.common.link.Link;
import dev.sluice.common.membership.Announcement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The replicas of this host. All methods on the host's event loop, but those that say otherwise. */
final class ReplicaSet {

    private final Map<String, HostedReplica> replicas = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> placed = new LinkedHashSet<>();
    private final HostContext context;
    private final Duration stuckAfter;
    private boolean draining;

    ReplicaSet(HostContext context, Duration stuckAfter) {
        this.context = context;
        this.stuckAfter = stuckAfter;
    }

    void add(HostedActor hosted) {
        String actor = hosted.type().descriptor().name();
        int number = numbers.merge(actor, 1, Integer::sum) - 1;
        start(new HostedReplica(actor + "-" + number, hosted, context));
    }

    /** One that a router asked for, under the router's id, which is free. */
    void place(String id, HostedActor hosted) {
        placed.add(id);
        start(new HostedReplica(id, hosted, context));
    }

    private void start(HostedReplica replica) {
        replicas.put(replica.id(), replica);
        replica.start();
    }

    boolean has(String id) {
        return replicas.containsKey(id);
    }

    int size() {
        return replicas.size();
    }

    /** The ids of those that routers asked for. */
    List<String> placed() {
        return List.copyOf(placed);
    }

    /** Takes no more for it, and lets it go once what it holds has ended. */
    void end(HostedReplica replica) {
        if (replica.isGivenUp()) {
            // Its thread may never end.
            remove(replica);
            return;
        }
        replica.end(() -> remove(replica));
    }

    private void remove(HostedReplica replica) {
        if (replicas.remove(replica.id(), replica)) {
            placed.remove(replica.id());
            context.changed().run();
        }
    }

    /** Where a batch may go; null where there is no such replica, or none takes batches any more. */
    @Nullable HostedReplica find(String id) {
        return draining ? null : replicas.get(id);
    }

    /** From here on only what was accepted is run. */
    void drain() {
        draining = true;
    }

    List<Announcement.Replica> announced() {
        return replicas.values().stream().map(HostedReplica::announced).toList();
    }

    /**
     * Replaces replicas whose batch has been running for too long, and forgets those that do not end; a host that drains needs no
     * others in their place.
     */
    void replaceStuck(long now) {
        for (HostedReplica replica : new ArrayList<>(replicas.values())) {
            replica.giveUpLent(stuckAfter.toNanos(), now);
            if (replica.stuckFor(stuckAfter.toNanos(), now)) {
                replica.retire(TimeUnit.NANOSECONDS.toMillis(stuckAfter.toNanos()));
                boolean isOver = draining || replica.isEnding();
                // Who placed it sees that it failed, and knows better where the next one is to be, and when.
                if (isOver || !placed.contains(replica.id())) {
                    remove(replica);
                    if (!isOver) {
                        add(replica.actor());
                        context.changed().run();
                    }
                }
            }
        }
    }

    /** Asks those that have nothing to do how they are, and replaces those that have failed since they were ready. */
    void checkHealth() {
        for (HostedReplica replica : new ArrayList<>(replicas.values())) {
            replica.checkHealth();
            // Who placed one sees that it failed, and knows better where the next one is to be.
            if (replica.hasFailed() && replica.wasReady() && !draining && !placed.contains(replica.id())) {
                end(replica);
                add(replica.actor());
                context.changed().run();
            }
        }
    }

    /** Tells who measures which versions there are. */
    void tellRunning() {
        context.metrics()
                .running(replicas.values().stream()
                        .map(replica -> replica.actor().type().descriptor())
                        .toList());
    }

    boolean idle() {
        return replicas.values().stream().allMatch(replica -> replica.isGivenUp() || replica.idle());
    }

    void forget(Link link) {
        replicas.values().forEach(replica -> replica.forget(link));
    }

    List<HostedReplica> all() {
        return List.copyOf(replicas.values());
    }
}
