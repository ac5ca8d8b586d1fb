package dev.sluice.router.fleet.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what is to be done about one actor, from what is wanted and what is.
 *
 * <p>In this order: what runs and is wanted goes on; what is missing is placed; what is not wanted ends, but never so that fewer
 * replicas are ready than are wanted; but where all slots are taken, one of several that are ready makes room. The same input always gives the same plan, so that two routers that both believe that they
 * control an actor ask for the same.
 */
public final class Reconciler {

    private final Slots slots;
    private final Failures failures;

    /**
     * @param slots of all hosts; what is placed is taken from them
     * @param failures where replicas failed lately
     */
    public Reconciler(Slots slots, Failures failures) {
        this.slots = slots;
        this.failures = failures;
    }

    /** @param now monotonic, in nanoseconds */
    public ActorPlan plan(Wanted wanted, long now) {
        failures.retain(
                wanted.actor(),
                wanted.versions().stream()
                        .map(version -> version.spec().version())
                        .collect(Collectors.toSet()));
        return new ActorRound(wanted, concerned(wanted), new Room(wanted.actor(), slots, failures, now)).plan();
    }

    /** Of an actor that the store does not know only what it had asked for itself is to go: another store may want the rest. */
    private List<HostState> concerned(Wanted wanted) {
        return wanted.isUnknown()
                ? slots.hosts().stream()
                        .filter(host -> host.follows(wanted.actor(), wanted.store()))
                        .toList()
                : slots.hosts();
    }
}
