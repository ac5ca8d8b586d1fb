package dev.sluice.router.fleet.control;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement.Placing;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.LinkedHost;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.plan.ActorPlan;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.Change;
import dev.sluice.router.fleet.plan.Failures;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.Reconciler;
import dev.sluice.router.fleet.plan.ReplicaState;
import dev.sluice.router.fleet.plan.Slots;
import dev.sluice.router.fleet.plan.Wanted;
import dev.sluice.router.fleet.plan.Wants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the fleet to what is wanted, look by look: of every actor that this router controls it tells the hosts what they are to run.
 * Not thread-safe: one thread looks, again and again; what it saw may be read by others.
 */
public final class FleetController {

    private static final Logger log = LoggerFactory.getLogger(FleetController.class);

    private final String self;
    private final RouterLinks links;
    private final ActorDirectory actors;
    private final EventLog events;
    private final Needs needs;
    private final Rollouts rollouts;
    private final Failures failures = new Failures();
    private final SentPlacements sent = new SentPlacements();
    private final LostHosts lost = new LostHosts();
    private final Outliers outliers;
    private final Map<String, Set<Change>> lastChanges = new HashMap<>();
    private final Map<String, String> faults = new HashMap<>();
    private boolean warned;
    private volatile FleetView view = FleetView.EMPTY;

    public FleetController(
            String self, RouterLinks links, ActorDirectory actors, EventLog events, Needs needs, Rollouts rollouts) {
        this.self = self;
        this.links = links;
        this.actors = actors;
        this.events = events;
        this.needs = needs;
        this.rollouts = rollouts;
        this.outliers = new Outliers(events);
    }

    /** Before the first look. */
    void begin() {
        actors.awaitDivision();
    }

    boolean hasHosts() {
        return !links.linkedHosts().isEmpty();
    }

    /** How many linked hosts run what routers have placed. */
    int occupiedHosts() {
        return (int) HostStates.of(links.linkedHosts(), Set.of()).values().stream()
                .filter(host -> host.replicas().stream().anyMatch(ReplicaState::placed))
                .count();
    }

    /** Any thread. */
    public FleetView view() {
        return view;
    }

    /**
     * Looks once.
     *
     * @param desired what is wanted
     * @param now monotonic, in nanoseconds
     */
    public void look(Desired desired, long now) {
        Collection<LinkedHost> linked = links.linkedHosts();
        Controllers controllers = Controllers.of(self, routersOf(linked));
        warnOfStoresOfTheirOwn(desired, controllers);
        Map<String, LinkedHost> byNode = new HashMap<>();
        linked.forEach(host -> byNode.put(host.nodeId(), host));
        Map<String, HostState> shown = HostStates.of(linked, desired.state().drained());
        sent.observe(shown.values());
        for (HostState gone : lost.since(shown.values())) {
            logLost(desired, controllers, gone);
            // That one which leaves goes is no failure.
            if (!gone.leaving()) {
                failures.lost(gone, now);
            }
        }
        List<HostState> hosts =
                shown.values().stream().map(host -> sent.overlay(host, now)).toList();
        failures.observe(hosts, now);
        Map<String, Wanted> wanted = wanted(desired, controllers, hosts, now);
        Reconciler reconciler = new Reconciler(new Slots(hosts), failures);
        Map<String, ActorStatus> statuses = new TreeMap<>();
        wanted.forEach((actor, ofActor) -> {
            try {
                ActorPlan plan = reconciler.plan(ofActor, now);
                carryOut(plan, shown.values(), byNode, now);
                log(actor, plan.changes());
                statuses.put(actor, plan.status());
                desired.goal(actor).ifPresent(goal -> rollouts.look(goal, ofActor, plan, hosts, failures, now));
                faults.remove(actor);
            } catch (RuntimeException e) {
                statuses.put(actor, fault(ofActor, e));
            }
        });
        lost.remember(
                shown.values().stream().map(host -> sent.overlay(host, now)).toList());
        keep(wanted.keySet());
        divide(desired, wanted);
        actors.await(awaited(desired, statuses));
        outliers.look(actors.conducts(), now);
        view = new FleetView(controllers.live(), statuses, hosts, announced(linked));
    }

    /**
     * Divides queries as goals say, and no more: for a router that has just started, and does not know yet which hosts live.
     */
    public void divide(Desired desired) {
        divide(desired, Map.of());
    }

    /** Divides queries and shows what is there, and tells no host anything: for a router that does not know all hosts yet. */
    void watch(Desired desired) {
        divide(desired);
        Collection<LinkedHost> linked = links.linkedHosts();
        Controllers controllers = Controllers.of(self, routersOf(linked));
        Collection<HostState> hosts =
                HostStates.of(linked, desired.state().drained()).values();
        view = new FleetView(controllers.live(), Map.of(), List.copyOf(hosts), announced(linked));
    }

    private static List<ActorDescriptor> announced(Collection<LinkedHost> linked) {
        return linked.stream()
                .flatMap(host -> host.announcement().actors().stream())
                .distinct()
                .toList();
    }

    private void divide(Desired desired, Map<String, Wanted> wanted) {
        if (actors.divide(Shares.of(desired, wanted, rollouts.suspended()))) {
            links.publish();
        }
    }

    /** Of all actors that this router controls. */
    private Map<String, Wanted> wanted(Desired desired, Controllers controllers, List<HostState> hosts, long now) {
        Map<String, Wanted> wanted = new TreeMap<>();
        for (String actor : concerned(desired, controllers, hosts)) {
            if (controllers.isMine(actor)) {
                wanted.put(actor, wanted(desired, actor, controllers, hosts, now));
            }
        }
        return wanted;
    }

    /** The others are looked after all the same. */
    private ActorStatus fault(Wanted wanted, RuntimeException fault) {
        String what = "A fault in this router while it looked after this actor: " + fault;
        if (!what.equals(faults.put(wanted.actor(), what))) {
            log.error("A fault in this router while it looked after {}.", wanted.actor(), fault);
        }
        return new ActorStatus(wanted.replicas(), 0, 0, Map.of(), List.of(what));
    }

    /** What was known of others is old when they come back. */
    private void keep(Set<String> controlled) {
        lastChanges.keySet().retainAll(controlled);
        faults.keySet().retainAll(controlled);
        needs.keep(controlled);
        rollouts.keep(controlled);
    }

    /** They agree on who controls an actor, and each goes by its own file and store: fine as long as these say the same. */
    private void warnOfStoresOfTheirOwn(Desired desired, Controllers controllers) {
        boolean differ = !desired.isShared() && !controllers.isAlone();
        if (differ && !warned) {
            log.warn(
                    "The routers {} each have a store of their own, so nobody can change what is wanted of actors, and all need the same"
                            + " actors file: set sluice.fleet.store=redis to share one.",
                    controllers.live());
        }
        warned = differ;
    }

    /** Those that have none while nobody calls them, and those whose replicas start. */
    private static Set<String> awaited(Desired desired, Map<String, ActorStatus> statuses) {
        Set<String> awaited = new HashSet<>();
        desired.goals().forEach((actor, goal) -> {
            ActorStatus status = statuses.get(actor);
            if (goal.scale().min() == 0 || status != null && status.starting() > 0) {
                awaited.add(actor);
            }
        });
        return awaited;
    }

    private static List<List<String>> routersOf(Collection<LinkedHost> linked) {
        return linked.stream()
                .map(host -> host.announcement().placing().map(Placing::routers).orElse(List.of()))
                .toList();
    }

    /**
     * All that is wanted or undeployed, and what this store has placed though it says nothing of it any more. What another store has
     * placed goes on: an empty one, found in place of the right one, would end the whole fleet.
     */
    private static Set<String> concerned(Desired desired, Controllers controllers, List<HostState> hosts) {
        Set<String> concerned = new TreeSet<>(desired.goals().keySet());
        concerned.addAll(desired.undeployed());
        if (desired.isShared() || controllers.isAlone()) {
            for (HostState host : hosts) {
                host.replicas().stream()
                        .filter(ReplicaState::placed)
                        .map(ReplicaState::actor)
                        .filter(actor -> host.follows(actor, desired.store()))
                        .forEach(concerned::add);
            }
        }
        // What nobody can tell is left as it is.
        concerned.removeIf(desired.state()::isUnreadable);
        return concerned;
    }

    private Wanted wanted(Desired desired, String actor, Controllers controllers, List<HostState> hosts, long now) {
        return desired.goal(actor)
                .map(goal -> Wants.of(
                        desired.store(),
                        desired.state().revision(actor),
                        goal,
                        needs.of(goal, seen(goal, controllers, hosts), now)))
                .orElseGet(() -> Wants.none(desired.store(), desired.state().revision(actor), actor));
    }

    private static Needs.Seen seen(ActorGoal goal, Controllers controllers, List<HostState> hosts) {
        int routers = Math.min(goal.routers(), controllers.live().size());
        return new Needs.Seen(count(goal, hosts, State.READY), count(goal, hosts, State.STARTING), routers);
    }

    /** Of the versions that serve; those that only get copies of queries are not counted. */
    private static int count(ActorGoal goal, List<HostState> hosts, State state) {
        String copies = goal.shadow().map(shadow -> shadow.version().version()).orElse("");
        return (int) hosts.stream()
                .flatMap(host -> host.replicas().stream())
                .filter(replica -> replica.actor().equals(goal.actor())
                        && replica.state() == state
                        && !replica.version().equals(copies))
                .count();
    }

    private void carryOut(ActorPlan plan, Collection<HostState> hosts, Map<String, LinkedHost> byNode, long now) {
        for (HostState host : hosts) {
            Placement placement = plan.placements().get(host.nodeId());
            LinkedHost to = byNode.get(host.nodeId());
            if (placement != null && to != null && sent.due(host, placement, now)) {
                sent.sent(host, placement, now);
                to.send(new Frame.Place(MembershipJson.write(placement)));
            }
        }
    }

    /** Of what this router sees to, so that who reads why a replica is started finds what was before. */
    private void logLost(Desired desired, Controllers controllers, HostState gone) {
        for (ReplicaState replica : gone.replicas()) {
            if (controllers.isMine(replica.actor())
                    && desired.goal(replica.actor()).isPresent()) {
                events.add(
                        gone.leaving() ? "stop" : "lost",
                        replica.actor(),
                        replica.version(),
                        replica.id(),
                        gone.nodeId(),
                        gone.leaving()
                                ? "its host has stopped"
                                : "its host is gone: the process has ended, or cannot be reached");
            }
        }
    }

    /** What was decided again, since its effect is not seen yet, was told already. */
    private void log(String actor, List<Change> changes) {
        Set<Change> before = lastChanges.getOrDefault(actor, Set.of());
        List<Change> fresh = new ArrayList<>(changes);
        fresh.removeAll(before);
        for (Change change : fresh) {
            events.add(
                    change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    change.actor(),
                    change.version(),
                    change.replica(),
                    change.host(),
                    change.reason());
        }
        lastChanges.put(actor, new HashSet<>(changes));
    }
}
