package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.TrackedReplica;
import org.jspecify.annotations.Nullable;

/** A replica of the simulation, with its own speed and its pauses. */
final class SimReplica {

    final TrackedReplica tracked;
    final double slowdown;

    @Nullable Batch batch;

    long endsAt;
    double pausesAt;

    SimReplica(TrackedReplica tracked, double slowdown, double pausesAt) {
        this.tracked = tracked;
        this.slowdown = slowdown;
        this.pausesAt = pausesAt;
    }
}
