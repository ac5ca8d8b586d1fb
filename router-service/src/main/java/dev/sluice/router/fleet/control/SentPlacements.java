package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.Placement.Wanted;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What hosts were told and do not show yet. Without it, each look would plan as if nothing had been asked for. Not thread-safe.
 */
final class SentPlacements {

    /** For so long it is believed that a host does what it was told. */
    private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** After so long it is told again. */
    private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Key(String nodeId, long incarnation, String actor) {}

    /**
     * @param firstNanos when the host was told for the first time
     * @param lastNanos when it was told again
     */
    private record Sent(Placement placement, long firstNanos, long lastNanos) {}

    private final Map<Key, Sent> last = new HashMap<>();

    /** The host as it will be once it has done what it was told: replicas that it is to start are there, and others end. */
    HostState overlay(HostState host, long now) {
        List<ReplicaState> replicas = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (ReplicaState replica : host.replicas()) {
            shown.add(replica.id());
            Sent sent = believed(host, replica.actor(), now);
            replicas.add(sent == null || names(sent.placement(), replica.id()) ? replica : stopping(replica));
        }
        last.forEach((key, sent) -> {
            if (key.nodeId().equals(host.nodeId())
                    && key.incarnation() == host.incarnation()
                    && now - sent.firstNanos() < BELIEVED_NANOS) {
                for (Wanted wanted : sent.placement().replicas()) {
                    if (shown.add(wanted.id())) {
                        replicas.add(
                                new ReplicaState(wanted.id(), key.actor(), wanted.version(), State.STARTING, "", true));
                    }
                }
            }
        });
        return new HostState(
                host.nodeId(),
                host.incarnation(),
                host.slots(),
                host.leaving(),
                host.offers(),
                replicas,
                host.applied(),
                host.rejected());
    }

    private @Nullable Sent believed(HostState host, String actor, long now) {
        Sent sent = last.get(new Key(host.nodeId(), host.incarnation(), actor));
        return sent == null || now - sent.firstNanos() >= BELIEVED_NANOS ? null : sent;
    }

    private static boolean names(Placement placement, String id) {
        return placement.kept().contains(id)
                || placement.replicas().stream().anyMatch(wanted -> wanted.id().equals(id));
    }

    private static ReplicaState stopping(ReplicaState replica) {
        return new ReplicaState(
                replica.id(), replica.actor(), replica.version(), State.STOPPING, replica.reason(), replica.placed());
    }

    /**
     * Whether to tell the host: what it was told last is something else, or it does not show it.
     *
     * @param shown the host as it announced itself, without what it was told
     */
    boolean due(HostState shown, Placement placement, long now) {
        Sent sent = last.get(new Key(shown.nodeId(), shown.incarnation(), placement.actor()));
        if (sent == null || !sent.placement().equals(placement)) {
            return sent != null || !shows(shown, placement) || !isApplied(shown, placement);
        }
        return now - sent.lastNanos() >= REPEAT_NANOS && !shows(shown, placement);
    }

    private static boolean isApplied(HostState shown, Placement placement) {
        return shown.applied().stream()
                .anyMatch(applied -> applied.actor().equals(placement.actor())
                        && applied.store().equals(placement.store())
                        && applied.revision() == placement.revision());
    }

    private static boolean shows(HostState shown, Placement placement) {
        Set<String> rejected = new HashSet<>();
        shown.rejected().stream()
                .filter(no -> no.actor().equals(placement.actor()))
                .forEach(no -> rejected.add(no.version()));
        Set<String> there = new HashSet<>();
        for (ReplicaState replica : shown.replicas()) {
            if (replica.actor().equals(placement.actor())) {
                there.add(replica.id());
                if (replica.state() != State.STOPPING && !names(placement, replica.id())) {
                    return false;
                }
            }
        }
        return placement.replicas().stream()
                .allMatch(wanted -> there.contains(wanted.id()) || rejected.contains(wanted.version()));
    }

    void sent(HostState host, Placement placement, long now) {
        last.merge(
                new Key(host.nodeId(), host.incarnation(), placement.actor()),
                new Sent(placement, now, now),
                (before, next) ->
                        before.placement().equals(placement) ? new Sent(placement, before.firstNanos(), now) : next);
    }

    /** Forgets hosts that are gone. */
    void retain(List<HostState> hosts) {
        Set<Map.Entry<String, Long>> alive = new HashSet<>();
        hosts.forEach(host -> alive.add(Map.entry(host.nodeId(), host.incarnation())));
        last.keySet().removeIf(key -> !alive.contains(Map.entry(key.nodeId(), key.incarnation())));
    }
}
