package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.schedule.ArrivalProcess;
import java.util.SplittableRandom;

/** Poisson arrivals at one rate, and from a moment on at another. */
final class StepArrivals implements ArrivalProcess {

    private final double before;
    private final double after;
    private final double step;
    private final SplittableRandom random;
    private double at;

    /**
     * @param before arrivals per nanosecond
     * @param after likewise
     * @param step nanoseconds from the start
     */
    StepArrivals(double before, double after, double step, SplittableRandom random) {
        this.before = before;
        this.after = after;
        this.step = step;
        this.random = random;
    }

    @Override
    public double next() {
        if (at < step) {
            at += random.nextExponential() / before;
            if (at < step) {
                return at;
            }
            // Exponential gaps forget: what is left of one is as good as a new one.
            at = step;
        }
        at += random.nextExponential() / after;
        return at;
    }
}
