package dev.sluice.benchmarks.scaling;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.TrackedReplica;
import org.jspecify.annotations.Nullable;

/** A replica of the simulation: starting, serving, or leaving when its batch has ended. Times are seconds from the start. */
final class Member {

    final double begunAt;
    final double readyAt;

    @Nullable TrackedReplica tracked;

    @Nullable Batch batch;

    double endsAt;
    boolean leaving;

    Member(double begunAt, double readyAt) {
        this.begunAt = begunAt;
        this.readyAt = readyAt;
    }
}
