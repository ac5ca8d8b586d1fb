package dev.sluice.router.fleet.control;

import dev.sluice.common.config.Problem;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.common.text.NearestName;
import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Running;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.PipelineCircles;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import dev.sluice.router.pipeline.plan.PipelineReader;
import dev.sluice.router.pipeline.plan.PlacedCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is wanted and what there is, at one moment.
 *
 * @param desired what is wanted
 * @param view what the router saw
 */
public record Fleet(Desired desired, FleetView view) {

    private static final int MOST_NEAREST = 3;

    /** All that are wanted, and all that run: those too that are on their way out, or that hosts run by themselves. */
    public Set<String> actors() {
        Set<String> actors = new TreeSet<>(desired.goals().keySet());
        view.hosts().forEach(host -> host.replicas().forEach(replica -> actors.add(replica.actor())));
        actors.addAll(desired.state().unreadableActors());
        return actors;
    }

    /** All that are linked, and those that are to be empty when they come back. */
    public Set<String> hosts() {
        Set<String> hosts = new TreeSet<>(desired.state().drained());
        view.hosts().forEach(host -> hosts.add(host.nodeId()));
        return hosts;
    }

    public Optional<HostState> host(String nodeId) {
        return view.hosts().stream()
                .filter(host -> host.nodeId().equals(nodeId))
                .findFirst();
    }

    public Stream<ReplicaState> replicas(String actor) {
        return view.hosts().stream()
                .flatMap(host -> host.replicas().stream())
                .filter(replica -> replica.actor().equals(actor));
    }

    /**
     * The actors of those replicas that stay on a host even if it is drained, since routers leave them alone: each as often as it has
     * such replicas there.
     */
    public List<String> staying(String nodeId) {
        Set<String> undeployed = desired.undeployed();
        return host(nodeId).stream()
                .flatMap(host -> host.replicas().stream())
                .map(ReplicaState::actor)
                .filter(actor -> desired.goal(actor).isEmpty() && !undeployed.contains(actor))
                .sorted()
                .toList();
    }

    Running running(String actor) {
        if (view.routers().isEmpty()) {
            return Running.UNSEEN;
        }
        Set<String> placed = new HashSet<>();
        Set<String> serving = new HashSet<>();
        replicas(actor).forEach(replica -> {
            if (replica.placed() && replica.state() != State.FAILED) {
                placed.add(replica.version());
            }
            if (replica.isReady()) {
                serving.add(replica.version());
            }
        });
        // Routers run these themselves, and at once.
        desired.goal(actor).stream()
                .flatMap(goal -> goal.versions().stream())
                .filter(version -> version.kind().equals(ActorKinds.PIPELINE))
                .forEach(version -> serving.add(version.version()));
        return new Running(true, placed, serving);
    }

    /** What of a goal would come back to it, together with all else that is wanted. */
    List<Problem> circles(ActorGoal goal) {
        Map<String, ActorGoal> goals = new HashMap<>(desired.goals());
        goals.put(goal.actor(), goal);
        return new PipelineCircles(goals.values()).problems(goal);
    }

    /** Why a goal may not come true here. */
    List<String> warnings(ActorGoal goal) {
        List<VersionSpec> placed = goal.versions().stream()
                .filter(version -> !version.kind().equals(ActorKinds.PIPELINE))
                .toList();
        List<String> warnings = new ArrayList<>(placed.isEmpty() ? List.of() : ofPlaced(placed));
        goal.versions().stream()
                .filter(version -> version.kind().equals(ActorKinds.PIPELINE))
                .forEach(version -> {
                    warnings.addAll(ofPipeline(version));
                    warnings.addAll(hidden(goal.actor(), version));
                });
        return warnings;
    }

    /** Actors come and go: that one is not here yet is worth a word, and no more. */
    private List<String> ofPipeline(VersionSpec version) {
        Callees known = new Callees(desired.goals().values(), view.announced());
        return PipelineReader.read(version.args().getOrDefault(ActorKinds.PIPELINE, "")).pipeline().stream()
                .flatMap(pipeline -> PlacedCall.of(pipeline).stream())
                .flatMap(placed -> known.missing(placed).stream())
                .toList();
    }

    /** Routers do not take queries away from replicas that serve. */
    private List<String> hidden(String actor, VersionSpec pipeline) {
        boolean runs = replicas(actor)
                .anyMatch(replica -> replica.isReady() && replica.version().equals(pipeline.version()));
        return runs
                ? List.of("Hosts have replicas of version " + pipeline.version()
                        + " that get its queries until they are gone; give the pipeline a version of its own to have it"
                        + " at once.")
                : List.of();
    }

    private List<String> ofPlaced(List<VersionSpec> versions) {
        if (view.hosts().isEmpty()) {
            return List.of("No host is linked with this router: nothing runs before one is.");
        }
        Set<Offer> offers = new HashSet<>();
        view.hosts().forEach(host -> offers.addAll(host.offers()));
        List<String> warnings = new ArrayList<>();
        for (VersionSpec version : versions) {
            if (!offers.contains(new Offer(version.kind(), version.type()))) {
                List<String> types = offers.stream()
                        .filter(offer -> offer.kind().equals(version.kind()))
                        .map(Offer::type)
                        .toList();
                List<String> nearest = nearest(version.type(), types);
                warnings.add("No host offers the " + version.kind() + " type " + version.type() + " of version "
                        + version.version() + "; it runs once one does."
                        + (nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?"));
            }
        }
        return warnings;
    }

    public Refusal noActor(String name) {
        return new Refusal.Unknown("actor", name, nearest(name, actors()));
    }

    public Refusal noHost(String nodeId) {
        return new Refusal.Unknown("host", nodeId, nearest(nodeId, hosts()));
    }

    private static List<String> nearest(String wanted, Collection<String> names) {
        List<String> left = new ArrayList<>(new TreeSet<>(names));
        List<String> nearest = new ArrayList<>();
        while (nearest.size() < MOST_NEAREST) {
            Optional<String> next = NearestName.of(wanted, left);
            if (next.isEmpty()) {
                break;
            }
            nearest.add(next.get());
            left.remove(next.get());
        }
        return nearest;
    }
}
