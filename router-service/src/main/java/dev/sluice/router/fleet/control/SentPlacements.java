package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What hosts were asked for and have not announced yet: between the two a replica would be asked for twice, or a second one stopped
 * in place of the first. Belongs to one incarnation of a host; the next one starts with nothing. Not thread-safe.
 *
 * <p>All methods but {@link #overlay} are about hosts as they announce themselves, never as the overlay shows them.
 */
final class SentPlacements {

    /** For so long it is believed that a host does what it was asked for; then what it announces is all there is. */
    static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** After so long a host that does not show what it was sent is sent it again. */
    static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record HostLife(String nodeId, long incarnation) {
        static HostLife of(HostState host) {
            return new HostLife(host.nodeId(), host.incarnation());
        }
    }

    /**
     * @param named ids that are to run or may go on; all others of the actor are to end
     * @param atNanos when it was sent last
     * @param asked what is believed of ids that it says something new of
     */
    private record Sent(Placement placement, Set<String> named, long atNanos, Map<String, Asked> asked) {

        boolean isBelieved(String id, long now) {
            Asked about = asked.get(id);
            return about != null && now - about.sinceNanos() < BELIEVED_NANOS;
        }
    }

    /**
     * @param version of the replica; empty where its host has shown it, who knows better
     * @param sinceNanos when it was asked for first
     */
    private record Asked(String version, long sinceNanos) {}

    private final Map<HostLife, Map<String, Sent>> sent = new HashMap<>();

    /**
     * Whether a placement has to be sent: it says something new, or was sent a while ago and does not show.
     *
     * @param announced the host as it says that it is
     * @param now monotonic, in nanoseconds
     */
    boolean due(HostState announced, Placement placement, long now) {
        Sent last = last(announced, placement.actor());
        return last == null
                || !last.placement().equals(placement)
                || now - last.atNanos() >= AGAIN_NANOS && !shows(announced, last);
    }

    /** Notes that a placement is on its way; the arguments are those of {@link #due}. */
    void sent(HostState announced, Placement placement, long now) {
        Sent last = last(announced, placement.actor());
        Set<String> named = new HashSet<>(placement.kept());
        Set<String> shown = shown(announced, placement.actor());
        Map<String, Asked> asked = new HashMap<>();
        for (Placement.Wanted wanted : placement.replicas()) {
            named.add(wanted.id());
            if (!shown.contains(wanted.id())) {
                asked.put(wanted.id(), new Asked(wanted.version(), now));
            }
        }
        shown.stream().filter(id -> !named.contains(id)).forEach(id -> asked.put(id, new Asked("", now)));
        if (last != null) {
            last.asked().forEach((id, before) -> {
                boolean isAwaited = asked.containsKey(id) && !before.version().isEmpty();
                if (!last.isBelieved(id, now)) {
                    return;
                }
                if (last.named().contains(id) != named.contains(id)) {
                    // What was to start may yet be shown; what was to end and is wanted again starts anew.
                    asked.putIfAbsent(id, new Asked(before.version(), now));
                } else if (isAwaited || !named.contains(id)) {
                    asked.put(id, before);
                }
            });
        }
        sent.computeIfAbsent(HostLife.of(announced), none -> new HashMap<>())
                .put(placement.actor(), new Sent(placement, named, now, asked));
    }

    /**
     * The host as it will announce itself once it has done what it was asked for: with the replicas that are to start, and those
     * ending that are to stop, shown or not: one that was asked for and then not may yet come and go.
     */
    HostState overlay(HostState announced, long now) {
        Map<String, Sent> byActor = sent.getOrDefault(HostLife.of(announced), Map.of());
        if (byActor.isEmpty()) {
            return announced;
        }
        List<ReplicaState> replicas = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (ReplicaState replica : announced.replicas()) {
            shown.add(replica.id());
            Sent last = byActor.get(replica.actor());
            replicas.add(last != null && isToEnd(replica, last, now) ? ending(replica) : replica);
        }
        for (Map.Entry<String, Sent> each : byActor.entrySet()) {
            Sent last = each.getValue();
            last.asked().forEach((id, about) -> {
                if (!about.version().isEmpty() && !shown.contains(id) && last.isBelieved(id, now)) {
                    State next = last.named().contains(id) ? State.STARTING : State.STOPPING;
                    replicas.add(new ReplicaState(id, each.getKey(), about.version(), next, "", true));
                }
            });
        }
        return new HostState(
                announced.nodeId(),
                announced.incarnation(),
                announced.slots(),
                announced.leaving(),
                announced.offers(),
                replicas,
                announced.applied(),
                announced.rejected());
    }

    /** One that failed stays what it is: its failure counts. */
    private static boolean isToEnd(ReplicaState replica, Sent last, long now) {
        return replica.state() != State.FAILED
                && !last.named().contains(replica.id())
                && last.isBelieved(replica.id(), now);
    }

    private static ReplicaState ending(ReplicaState replica) {
        return new ReplicaState(replica.id(), replica.actor(), replica.version(), State.STOPPING, "", replica.placed());
    }

    /** Takes in what all linked hosts say; what was under way to others is known or lost when they are linked again. */
    void observe(Collection<HostState> announced) {
        sent.keySet().retainAll(announced.stream().map(HostLife::of).collect(Collectors.toSet()));
        for (HostState host : announced) {
            for (ReplicaState replica : host.replicas()) {
                Sent last = last(host, replica.actor());
                if (last != null) {
                    last.asked().computeIfPresent(replica.id(), (id, about) -> new Asked("", about.sinceNanos()));
                }
            }
        }
    }

    private @Nullable Sent last(HostState host, String actor) {
        return sent.getOrDefault(HostLife.of(host), Map.of()).get(actor);
    }

    private static Set<String> shown(HostState host, String actor) {
        return host.replicas().stream()
                .filter(replica -> replica.actor().equals(actor))
                .map(ReplicaState::id)
                .collect(Collectors.toSet());
    }

    private static boolean shows(HostState host, Sent last) {
        Placement placement = last.placement();
        return host.applied().stream()
                        .anyMatch(applied -> applied.actor().equals(placement.actor())
                                && applied.store().equals(placement.store())
                                && applied.revision() == placement.revision())
                && placement.replicas().stream()
                        .allMatch(wanted -> shown(host, placement.actor()).contains(wanted.id()))
                && host.replicas().stream()
                        .filter(replica -> replica.actor().equals(placement.actor()))
                        .allMatch(replica -> replica.state() == State.STOPPING
                                || last.named().contains(replica.id()));
    }
}
