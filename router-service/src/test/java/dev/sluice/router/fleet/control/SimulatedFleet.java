package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.control.SimulatedHost.Replica;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One schedule: a fleet, two routers, people who change their minds, and what goes wrong, all drawn from one seed. */
final class SimulatedFleet {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STEP = 200 * MILLI;
    private static final long CALM_STEP = 500 * MILLI;
    private static final long ANNOUNCED_EVERY = 1_000 * MILLI;
    private static final long FAULTS_END = 9_000 * MILLI;

    /** Starts are barred for at most 64 s after a failure, and then it goes replica by replica. */
    private static final long CONVERGED_WITHIN = 120_000 * MILLI;

    private static final long STAYS_FOR = 3_000 * MILLI;

    private static final List<Long> EPOCHS =
            List.of(0L, Long.MAX_VALUE - FAULTS_END / 2, Long.MIN_VALUE, -FAULTS_END / 2);

    private final Random random;
    private final Luck luck;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<SimulatedController> controllers = new ArrayList<>();
    private final Set<SimulatedController> active = new LinkedHashSet<>();
    private final List<SimulatedGoal> goals = new ArrayList<>();
    private final Set<String> drained = new HashSet<>();
    private final Map<SimulatedController, List<Wanted>> stale = new HashMap<>();
    private final Map<SimulatedHost, Long> backAt = new HashMap<>();
    private final FleetChecks checks;
    private final double hostFaults;
    private final double linkFaults;
    private final boolean isShared;
    private long now;

    SimulatedFleet(long seed) {
        random = new Random(seed);
        hostFaults = random.nextInt(3) * 0.01;
        linkFaults = random.nextInt(3) * 0.01;
        luck = new Luck(random);
        isShared = random.nextInt(3) == 0;
        List<String> types = List.of("t0", "t1");
        for (int i = 1 + random.nextInt(4); i >= 0; i--) {
            hosts.add(host("h" + i, types));
        }
        for (int i = random.nextInt(2); i >= 0; i--) {
            goals.add(new SimulatedGoal("a" + i, types.get(random.nextInt(2)), random.nextInt(6), random));
        }
        for (int i = isShared ? 1 : 0; i >= 0; i--) {
            Map<SimulatedHost, SimulatedLink> links = new LinkedHashMap<>();
            hosts.forEach(host -> links.put(host, new SimulatedLink(host)));
            controllers.add(new SimulatedController(links, EPOCHS.get(random.nextInt(EPOCHS.size()))));
        }
        active.add(controllers.get(0));
        checks = new FleetChecks(hosts);
        hosts.forEach(this::startOwn);
        hosts.forEach(this::announce);
    }

    private SimulatedHost host(String nodeId, List<String> types) {
        Set<Offer> offers = new HashSet<>();
        types.stream()
                .filter(type -> random.nextInt(4) > 0)
                .forEach(type -> offers.add(new Offer(ActorKinds.JAVA, type)));
        Set<String> refused = new HashSet<>();
        for (int version = 2; version < 6; version++) {
            if (random.nextInt(20) == 0) {
                refused.add("v" + version);
            }
        }
        return new SimulatedHost(nodeId, 1 + random.nextInt(4), offers, refused, luck);
    }

    private void startOwn(SimulatedHost host) {
        SimulatedGoal goal = goals.get(random.nextInt(goals.size()));
        for (int i = random.nextInt(4) - 2; i > 0; i--) {
            host.startOwn(goal.actor(), goal.current(), now);
        }
    }

    /** Runs it, and throws where anything happens that must not. */
    void run() {
        while (now < FAULTS_END) {
            people();
            misfortune();
            step(STEP);
        }
        luck.turn();
        calm();
        converge();
    }

    private void step(long nanos) {
        now += nanos;
        for (SimulatedHost host : hosts) {
            deliver(host);
            if (host.up && (host.tick(now) || now % ANNOUNCED_EVERY == 0)) {
                announce(host);
            }
        }
        for (SimulatedController controller : active) {
            if (!luck.isBad() || random.nextInt(4) > 0) {
                List<Wanted> wanted = wanted(controller);
                checks.wanted(wanted, controller, now);
                controller.look(wanted, drained, now, this::arrival);
                checks.looked(controller);
            }
        }
    }

    /** Where there are two, one of them may not have heard the latest yet. */
    private List<Wanted> wanted(SimulatedController controller) {
        if (!luck.isBad() || active.size() == 1 || random.nextInt(3) == 0 || !stale.containsKey(controller)) {
            stale.put(controller, goals.stream().map(SimulatedGoal::wanted).toList());
        }
        return stale.get(controller);
    }

    private void deliver(SimulatedHost host) {
        for (SimulatedController controller : controllers) {
            SimulatedLink link = link(controller, host);
            for (Placement next = link.nextToHost(now); next != null; next = link.nextToHost(now)) {
                checks.apply(host, next, controller, now);
                announce(host);
            }
        }
    }

    private static SimulatedLink link(SimulatedController controller, SimulatedHost host) {
        SimulatedLink link = controller.links.get(host);
        if (link == null) {
            throw new IllegalArgumentException(host.nodeId);
        }
        return link;
    }

    private void eachLink(SimulatedHost host, Consumer<SimulatedLink> action) {
        controllers.forEach(controller -> action.accept(link(controller, host)));
    }

    private void announce(SimulatedHost host) {
        HostState state = host.announced();
        eachLink(host, link -> link.announce(state, now + luck.delayNanos()));
    }

    /** When a placement that is sent now arrives; -1 where it does not. */
    private long arrival() {
        return luck.losesAPlacement() ? -1 : now + luck.delayNanos();
    }

    private void people() {
        for (SimulatedGoal goal : goals) {
            if (luck.happens(0.08)) {
                goal.change();
            }
        }
        if (luck.happens(0.01)) {
            String nodeId = hosts.get(random.nextInt(hosts.size())).nodeId;
            if (!drained.remove(nodeId)) {
                drained.add(nodeId);
            }
        }
        if (isShared && luck.happens(0.1)) {
            active.clear();
            int which = random.nextInt(3);
            for (int i = 0; i < 2; i++) {
                if (which == i || which == 2) {
                    active.add(controllers.get(i));
                }
            }
        }
    }

    private void misfortune() {
        for (SimulatedHost host : hosts) {
            if (!host.up) {
                if (now >= backAt.getOrDefault(host, Long.MAX_VALUE)) {
                    back(host);
                }
                continue;
            }
            if (luck.happens(hostFaults)) {
                host.draining |= random.nextInt(3) == 0;
                announce(host);
            }
            if (luck.happens(host.draining ? 0.05 : hostFaults)) {
                die(host);
            } else if (luck.happens(hostFaults / 2)) {
                vanish(host);
            }
            controllers.forEach(controller -> linkFault(controller, link(controller, host)));
        }
    }

    private void linkFault(SimulatedController controller, SimulatedLink link) {
        if (link.isUp() && luck.happens(linkFaults)) {
            checks.lost(link.host, controller, now);
            link.breakDown(now + luck.upTo(3_000));
        } else if (!link.isUp() && link.host.up && luck.happens(0.1)) {
            mend(link);
        }
    }

    private void mend(SimulatedLink link) {
        link.mend(now);
        link.announce(link.host.announced(), now + luck.delayNanos());
    }

    private void die(SimulatedHost host) {
        controllers.forEach(controller -> checks.lost(host, controller, now));
        host.die();
        eachLink(host, link -> link.breakDown(now + luck.upTo(3_000)));
        backAt.put(host, random.nextInt(4) == 0 ? Long.MAX_VALUE : now + luck.upTo(6_000));
    }

    private void back(SimulatedHost host) {
        host.restart();
        startOwn(host);
        eachLink(host, this::mend);
    }

    /** As a replica does that is stuck in a batch for too long. */
    private void vanish(SimulatedHost host) {
        for (Map.Entry<String, Replica> each : List.copyOf(host.replicas.entrySet())) {
            if (each.getValue().state == State.READY) {
                controllers.forEach(controller -> checks.lost(host, each.getKey(), controller, now));
                host.replicas.remove(each.getKey());
                announce(host);
                return;
            }
        }
    }

    /** Who is on the way out goes, and who is on the way back comes. */
    private void calm() {
        for (SimulatedHost host : hosts) {
            if (host.draining) {
                die(host);
            }
            if (!host.up && backAt.getOrDefault(host, Long.MAX_VALUE) < Long.MAX_VALUE) {
                back(host);
            }
            if (host.up) {
                eachLink(host, link -> {
                    if (!link.isUp()) {
                        mend(link);
                    }
                });
            }
        }
        SimulatedController last = active.iterator().next();
        active.clear();
        active.add(last);
    }

    private void converge() {
        long since = -1;
        while (now < FAULTS_END + CONVERGED_WITHIN) {
            step(CALM_STEP);
            boolean isAtRest = goals.stream().allMatch(goal -> lacks(goal).isEmpty());
            since = !isAtRest ? -1 : since < 0 ? now : since;
            if (since >= 0 && now - since >= STAYS_FOR) {
                return;
            }
        }
        throw new AssertionError("does not come to rest: "
                + goals.stream()
                        .map(goal -> lacks(goal) + ": " + Rest.of(goal.wanted(), hosts, drained))
                        .toList());
    }

    private String lacks(SimulatedGoal goal) {
        SimulatedController controller = active.iterator().next();
        return Rest.of(goal.wanted(), hosts, drained).lacks(controller.statuses.get(goal.actor()));
    }
}
