package dev.sluice.router.fleet.control;

import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.DispatchMetrics;
import dev.sluice.router.dispatch.DispatchSettings;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.testing.MemoryFleetStore;
import dev.sluice.router.testing.VirtualTime;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A router that runs a fleet, driven by hand. */
public final class FleetRig {

    static final Duration START_PATIENCE = Duration.ofSeconds(30);

    public final VirtualTime time = new VirtualTime();
    public final ActorDirectory actors;
    public final RouterLinks links;
    public final EventLog events = new EventLog(() -> Instant.EPOCH);
    public final MemoryFleetStore store;
    public final Goals goals;
    final Rollouts rollouts;
    public final FleetController controller;
    private final List<PlacedHost> hosts = new ArrayList<>();

    public FleetRig() {
        this("router-0", true);
    }

    public FleetRig(String self, boolean shared) {
        DispatchSettings settings = new DispatchSettings(
                new QueueLimits(1000, 1 << 20),
                DeadlineSettings.DEFAULT,
                3,
                Duration.ofSeconds(5).toNanos(),
                Duration.ofSeconds(3).toNanos());
        actors = new ActorDirectory(
                List.of(time.newShard()), settings, actor -> DispatchMetrics.NONE, Duration.ofMinutes(2));
        links = new RouterLinks(actors, 1 << 20, time::now);
        store = new MemoryFleetStore(shared);
        goals = new Goals(store, List.of());
        rollouts = new Rollouts(actors, goals, events, START_PATIENCE);
        controller = new FleetController(self, links, actors, events, Needs.LEAST, rollouts);
    }

    public PlacedHost host(String nodeId, int slots, String... routers) {
        PlacedHost host = new PlacedHost(links, time, nodeId, slots, routers);
        hosts.add(host);
        return host;
    }

    public void want(ActorGoal goal) {
        long revision = goals.read().block().state().revision(goal.actor());
        goals.put(goal, revision).block();
    }

    /** The controller looks once; how many placements it sent. */
    public int looks() {
        return looks(goals.read().block());
    }

    int looks(Desired desired) {
        controller.look(desired, time.now());
        time.run();
        return hosts.stream().mapToInt(PlacedHost::obeys).sum();
    }

    /** Until nothing more is asked for; fails where that does not come. */
    public void settles() {
        for (int i = 0; i < 100; i++) {
            if (looks() == 0) {
                return;
            }
        }
        throw new AssertionError("the controller asks for something new again and again");
    }

    public void passes(Duration duration) {
        time.advance(duration);
    }
}
