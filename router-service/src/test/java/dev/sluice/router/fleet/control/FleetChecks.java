package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.control.SimulatedHost.Replica;
import dev.sluice.router.fleet.plan.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What holds of the fleet itself, with all that is late, lost or twice.
 *
 * <ul>
 *   <li>One controller: no replica starts while as many are alive as were wanted, with the surge, within the last seconds. Those on
 *       hosts that it has just found again do not count: nobody could know of them. One that was lost a moment ago may be there
 *       twice: a placement under way starts it again.
 *   <li>Two, at once or one soon after the other: twice as many.
 *   <li>No placement takes away so many of the replicas that its controller knew to be ready that fewer go on than were wanted
 *       within the last seconds, but for one that makes room; and never the last. What was lost in the same seconds is no fault of
 *       the plan's.
 * </ul>
 */
final class FleetChecks {

    /** Longer than anything is under way, or believed without being seen. */
    private static final long LATELY = TimeUnit.MILLISECONDS.toNanos(6_000);

    private record Asked(int least, int most, SimulatedController by, long atNanos) {}

    /** @param counted whether its controller took it for ready; it may yet hear that it was, after it is gone */
    private record Ghost(
            SimulatedHost host, String id, Replica replica, SimulatedController to, boolean counted, long atNanos) {

        Ghost count() {
            return new Ghost(host, id, replica, to, true, atNanos);
        }
    }

    private final List<SimulatedHost> hosts;
    private final Map<String, Deque<Asked>> asked = new HashMap<>();
    private final List<Ghost> ghosts = new ArrayList<>();

    FleetChecks(List<SimulatedHost> hosts) {
        this.hosts = hosts;
    }

    void wanted(List<Wanted> all, SimulatedController by, long now) {
        for (Wanted wanted : all) {
            Deque<Asked> lately = asked.computeIfAbsent(wanted.actor(), none -> new ArrayDeque<>());
            lately.removeIf(each -> now - each.atNanos() > LATELY);
            int most = wanted.replicas() + PlanChecks.surge(wanted);
            lately.add(new Asked(wanted.replicas(), most, by, now));
        }
    }

    /** Its replicas are out of a controller's reach, whether they run on or not. */
    void lost(SimulatedHost host, SimulatedController to, long now) {
        host.replicas.keySet().forEach(id -> lost(host, id, to, now));
    }

    void lost(SimulatedHost host, String id, SimulatedController to, long now) {
        Replica replica = host.replicas.get(id);
        if (replica != null && replica.state == State.READY) {
            ghosts.add(new Ghost(host, id, replica, to, to.counts(host, id), now));
        }
    }

    /** After each look: what a controller hears late of what is gone already, it counts on as well. */
    void looked(SimulatedController by) {
        ghosts.replaceAll(ghost -> ghost.to() == by && by.counts(ghost.host(), ghost.id()) ? ghost.count() : ghost);
    }

    /** Lets a host carry out what a controller sent it. */
    void apply(SimulatedHost host, Placement placement, SimulatedController from, long now) {
        String actor = placement.actor();
        Set<Replica> counted = counted(actor, from, now);
        int before = counted.size();
        boolean isStarted = !host.apply(placement, now).isEmpty();
        Deque<Asked> lately = asked.getOrDefault(actor, new ArrayDeque<>());
        Set<SimulatedController> askers = new HashSet<>(Set.of(from));
        lately.forEach(each -> askers.add(each.by()));
        if (isStarted) {
            int most = lately.stream().mapToInt(Asked::most).max().orElse(0);
            int alive = alive(actor, now, askers);
            int lost = (int) ghosts.stream()
                    .filter(ghost -> ghost.to() == from && ghost.replica().actor.equals(actor))
                    .count();
            require(
                    alive <= most * askers.size() + lost,
                    () -> alive + " of " + actor + " are alive, and " + most + " wanted");
        }
        counted.removeIf(replica -> replica.state != State.READY);
        int after = counted.size();
        if (askers.size() == 1 && after < before) {
            int least = lately.stream().mapToInt(Asked::least).min().orElse(0);
            int needed = Math.min(before, least);
            require(
                    after >= needed - 1 && after >= Math.min(1, needed),
                    () -> after + " of " + before + " ready ones of " + actor + " go on where " + needed
                            + " were wanted: " + placement);
        }
    }

    private int alive(String actor, long now, Collection<SimulatedController> controllers) {
        int alive = 0;
        for (SimulatedHost host : hosts) {
            boolean isKnown = controllers.stream().allMatch(controller -> {
                SimulatedLink link = controller.links.get(host);
                return link != null && link.isOld(now, LATELY);
            });
            if (isKnown) {
                alive += (int) host.replicas.values().stream()
                        .filter(replica -> replica.actor.equals(actor) && replica.state != State.FAILED)
                        .count();
            }
        }
        return alive;
    }

    /** What a controller took for ready, that which it lost lately too. */
    private Set<Replica> counted(String actor, SimulatedController by, long now) {
        ghosts.removeIf(ghost -> now - ghost.atNanos() > LATELY);
        Set<Replica> counted = new HashSet<>();
        for (Ghost ghost : ghosts) {
            if (ghost.to() == by && ghost.counted()) {
                counted.add(ghost.replica());
            }
        }
        for (SimulatedHost host : hosts) {
            host.replicas.forEach((id, replica) -> {
                if (by.counts(host, id)) {
                    counted.add(replica);
                }
            });
        }
        counted.removeIf(replica -> !replica.actor.equals(actor) || replica.state != State.READY);
        return counted;
    }

    private static void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }
}
