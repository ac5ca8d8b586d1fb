package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.TrackedReplica;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A replica of the simulation, with its own speed and its pauses: the batch that it runs, and one that is staged behind it.
 */
final class SimReplica {

    private static final long PAUSE_NANOS = 100_000_000;
    private static final double LEAST_FACTOR = 0.2;

    private final Workload workload;
    private final SplittableRandom random;
    private final double slowdown;
    private double pausesAt;

    final TrackedReplica tracked;

    @Nullable Batch batch;

    @Nullable Batch staged;

    /** When the router hears of the end of the batch, in nanoseconds from the start of the simulation. */
    double endsAt;

    double stagedEndsAt;

    /** When there is room for a batch behind the running one; infinite if there is none to come. */
    double opensAt = Double.POSITIVE_INFINITY;

    /** The queries of the running batch that somebody still waits for, and of the staged one. */
    int wanted;

    SimReplica(TrackedReplica tracked, Workload workload, double slowdown, SplittableRandom random) {
        this.tracked = tracked;
        this.workload = workload;
        this.slowdown = slowdown;
        this.random = random;
        this.pausesAt = nextPause();
    }

    boolean isIdle() {
        return batch == null;
    }

    /** What a batch takes, this time. */
    double batchNanos(int size) {
        return workload.cost().nanos(size) * slowdown * factor();
    }

    private double factor() {
        double noise = workload.conditions().noise();
        double tail = workload.conditions().tail();
        double factor = noise == 0 ? 1 : Math.max(LEAST_FACTOR, 1 + noise * random.nextGaussian());
        // Log-normal, with a mean of 1.
        return tail == 0 ? factor : factor * Math.exp(tail * random.nextGaussian() - tail * tail / 2);
    }

    /**
     * Sends it a batch, behind the running one if there is one.
     *
     * @param at in nanoseconds from the start
     */
    void send(Batch next, double at) {
        double trip = workload.conditions().roundTripNanos();
        boolean behind = batch != null;
        double begins = behind ? Math.max(at + trip / 2, endsAt - trip / 2) : at + trip / 2;
        double ends = begins + batchNanos(next.size());
        if (pausesAt < ends) {
            ends += PAUSE_NANOS;
            pausesAt = ends + nextPause();
        }
        if (behind) {
            staged = next;
            stagedEndsAt = ends + trip / 2;
        } else {
            batch = next;
            wanted = next.size();
            endsAt = ends + trip / 2;
        }
        opensAt = Double.POSITIVE_INFINITY;
    }

    /** The running batch is over; the staged one has been running since the host said so. */
    Batch end() {
        Batch ended = batch;
        if (ended == null) {
            throw new IllegalStateException("A replica that ran nothing ended");
        }
        batch = staged;
        endsAt = stagedEndsAt;
        wanted = batch == null ? 0 : batch.size();
        staged = null;
        return ended;
    }

    private double nextPause() {
        double every = workload.conditions().pauseEveryNanos();
        return Double.isInfinite(every) ? 1e18 : random.nextExponential() * every;
    }
}
