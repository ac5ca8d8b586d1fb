package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.Placement.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What routers want of this host, actor by actor, brought upon its replicas. All methods on the host's event loop. */
final class Placements {

    private static final Logger log = LoggerFactory.getLogger(Placements.class);

    private final VersionResolver resolver;
    private final ReplicaSet replicas;
    private final int slots;
    private final Map<String, PlacedActor> placed = new LinkedHashMap<>();
    private final Map<String, Retry> retries = new HashMap<>();

    /** @param slots replicas that the host has room for */
    Placements(VersionResolver resolver, ReplicaSet replicas, int slots) {
        this.resolver = resolver;
        this.replicas = replicas;
        this.slots = slots;
    }

    /**
     * Makes it so. The same placement again changes nothing, unless something is missing that it names.
     *
     * @return whether there is anything to announce
     */
    boolean apply(Placement placement) {
        PlacedActor before = placed.get(placement.actor());
        if (before != null && before.placement().equals(placement)) {
            return bring(before);
        }
        if (before != null && !before.isFollowedBy(placement)) {
            log.info(
                    "Ignored a placement of {} that is older than the one that holds here: {} before {}.",
                    placement.actor(),
                    placement.revision(),
                    before.placement().revision());
            return false;
        }
        PlacedActor next = PlacedActor.of(placement, resolver);
        placed.put(placement.actor(), next);
        retries.remove(placement.actor());
        next.rejected()
                .forEach(version -> log.error(
                        "The version {} of {} cannot run on this host: {}",
                        version.version(),
                        version.actor(),
                        version.reason()));
        bring(next);
        return true;
    }

    /**
     * Tries again what it could not make, after a while that gets longer: what was missing may be there now.
     *
     * @param now monotonic, in nanoseconds
     * @return whether there is anything to announce
     */
    boolean tryRejectedAgain(long now) {
        boolean changed = false;
        for (PlacedActor before : List.copyOf(placed.values())) {
            String actor = before.placement().actor();
            if (before.rejected().isEmpty()) {
                continue;
            }
            Retry retry = retries.computeIfAbsent(actor, first -> Retry.first(now));
            if (retry.isDue(now)) {
                retries.put(actor, retry.next(now));
                changed |= tryAgain(before);
            }
        }
        return changed;
    }

    private boolean tryAgain(PlacedActor before) {
        String actor = before.placement().actor();
        PlacedActor next = before.triedAgain(resolver);
        if (next.rejected().equals(before.rejected())) {
            return false;
        }
        log.info("Versions of {} that could not run on this host: {}", actor, next.rejected());
        placed.put(actor, next);
        bring(next);
        return true;
    }

    /** Also again and again: a host starts replicas of its own configuration in place of those that are stuck. */
    private boolean bring(PlacedActor actor) {
        boolean stopped = stopOthers(actor);
        return start(actor) || stopped;
    }

    private boolean stopOthers(PlacedActor actor) {
        boolean stopped = false;
        Set<String> wanted = new HashSet<>(actor.placement().kept());
        actor.placement().replicas().forEach(replica -> wanted.add(replica.id()));
        for (HostedReplica replica : replicas.all()) {
            if (replica.actorName().equals(actor.placement().actor())
                    && !wanted.contains(replica.id())
                    && !replica.isEnding()) {
                replicas.end(replica);
                stopped = true;
            }
        }
        return stopped;
    }

    /** Starts what is wanted and not there; one that still ends under the same id has to be gone first. */
    private boolean start(PlacedActor actor) {
        boolean started = false;
        for (Wanted wanted : actor.placement().replicas()) {
            HostedActor version = actor.version(wanted.version());
            if (version != null && !replicas.has(wanted.id()) && replicas.size() < slots) {
                replicas.place(wanted.id(), version);
                started = true;
            }
        }
        return started;
    }

    /** Whether routers say what is to run of an actor. */
    boolean know(String actor) {
        return placed.containsKey(actor);
    }

    /** Tries again what it could not make, since what it can make has changed. */
    void resolveRejected() {
        for (PlacedActor actor : List.copyOf(placed.values())) {
            if (!actor.rejected().isEmpty()) {
                tryAgain(actor);
            }
        }
    }

    /** Of the versions that routers made known here. */
    List<ActorDescriptor> descriptors() {
        return placed.values().stream()
                .flatMap(actor -> actor.descriptors().stream())
                .toList();
    }

    /**
     * For the announcement.
     *
     * @param routers the node ids of those that the host is linked with
     */
    Announcement.Placing announced(List<String> routers) {
        List<Announcement.Applied> applied = new ArrayList<>();
        List<Announcement.Rejected> rejected = new ArrayList<>();
        for (PlacedActor actor : placed.values()) {
            applied.add(actor.applied());
            rejected.addAll(actor.rejected());
        }
        return new Announcement.Placing(resolver.offers(), replicas.placed(), applied, rejected, routers);
    }
}
