package dev.sluice.router.fleet.plan;

import dev.sluice.common.placement.VersionSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Where replicas of one actor may go now, and why they may not. */
final class Room {

    private final String actor;
    private final Slots slots;
    private final Failures failures;
    private final long now;

    Room(String actor, Slots slots, Failures failures, long now) {
        this.actor = actor;
        this.slots = slots;
        this.failures = failures;
        this.now = now;
    }

    /**
     * Takes a slot for a replica.
     *
     * @param ofActor how many replicas of the actor a host has
     * @return where; empty where there is none
     */
    Optional<HostState> take(VersionSpec spec, ToIntFunction<HostState> ofActor) {
        Optional<HostState> best = slots.best(slots.offering(spec).filter(host -> isOpen(host, spec)), ofActor);
        best.ifPresent(slots::take);
        return best;
    }

    /** Whether a replica could go to a host, were there a free slot. */
    boolean isOpen(HostState host, VersionSpec spec) {
        return Slots.takes(host, spec) && !isRejected(host, spec) && !isBarred(host, spec);
    }

    /** Whether there is a slot that only waits until failures there are long enough ago. */
    boolean isOnlyBarred(VersionSpec spec) {
        return slots.offering(spec)
                .anyMatch(host -> slots.hasRoom(host) && !isRejected(host, spec) && isBarred(host, spec));
    }

    private boolean isRejected(HostState host, VersionSpec spec) {
        return host.rejected(actor, spec.version()).isPresent();
    }

    private boolean isBarred(HostState host, VersionSpec spec) {
        return failures.isBarred(actor, spec.version(), host.nodeId(), now);
    }

    /** Why there is no place for a replica. */
    Shortage shortage(VersionSpec spec) {
        List<HostState> offering = slots.offering(spec).toList();
        if (offering.isEmpty()) {
            return Shortage.NO_OFFER;
        }
        List<HostState> able =
                offering.stream().filter(host -> !isRejected(host, spec)).toList();
        if (able.isEmpty()) {
            return Shortage.REJECTED;
        }
        // One that fails wherever it is tried would fail on another host too; where it runs on some, the host is to
        // blame.
        boolean isFailing = able.stream().allMatch(host -> isBarred(host, spec)) || isOnlyBarred(spec) && !runs(spec);
        return isFailing ? Shortage.FAILING : Shortage.SLOTS;
    }

    /** Whether one that failed had been ready before. */
    boolean hadServed(Located at) {
        return failures.hadServed(at.host(), at.replica().id());
    }

    private boolean runs(VersionSpec spec) {
        return slots.hosts().stream().anyMatch(host -> host.ready(actor, spec.version()) > 0);
    }

    /** The same, as the end of a sentence. */
    String whyNone(VersionSpec spec) {
        return switch (shortage(spec)) {
            case NO_OFFER -> "no host offers the " + spec.kind() + " type '" + spec.type() + "'.";
            case REJECTED -> whyRejected(spec);
            case FAILING -> isOnlyBarred(spec) ? "it " + whyBarred(spec) : whyFull(spec);
            case SLOTS, PENDING ->
                isOnlyBarred(spec) ? whyFull(spec) + " Elsewhere it " + whyBarred(spec) : whyFull(spec);
        };
    }

    private String whyRejected(VersionSpec spec) {
        return slots.offering(spec)
                .flatMap(host -> host.rejected(actor, spec.version()).stream())
                .findFirst()
                .orElseThrow()
                .reason();
    }

    private String whyBarred(VersionSpec spec) {
        boolean hadServed = failures.hadServed(actor, spec.version());
        return (hadServed ? "failed where it ran" : "did not start where it was tried") + ", and is tried again later ("
                + failures.reason(actor, spec.version()) + ").";
    }

    private String whyFull(VersionSpec spec) {
        int all = slots.offering(spec)
                .filter(host -> !isRejected(host, spec) && !(slots.hasRoom(host) && isBarred(host, spec)))
                .mapToInt(HostState::slots)
                .sum();
        return "all " + all + " slots of the hosts that could run it are taken.";
    }
}
