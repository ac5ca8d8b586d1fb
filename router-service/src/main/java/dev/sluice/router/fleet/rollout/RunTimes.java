package dev.sluice.router.fleet.rollout;

import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.Map;

/**
 * How long the batches of a candidate run beside those of the current version. Only batches of one method and about one size are compared,
 * each size as often as the candidate had it, so that neither queues nor the size of batches, which are the load's, make a difference.
 *
 * @param nanos that the candidate's take
 * @param allowed that they may take
 * @param error the standard error of the difference
 */
record RunTimes(double nanos, double allowed, double error) {

    /** From fewer looks nobody can tell how far they differ. */
    private static final int FEWEST_LOOKS = 20;

    /** How many standard errors beyond its margin a mean has to be. */
    private static final double SIGNIFICANT = 3;

    /** @param factor how many times longer the candidate's may take */
    static RunTimes of(Map<Size, Mean> current, Map<Size, Mean> candidate, double factor) {
        double nanos = 0;
        double allowed = 0;
        double error = 0;
        double batches = 0;
        for (Map.Entry<Size, Mean> each : candidate.entrySet()) {
            Mean own = each.getValue();
            Mean other = current.get(each.getKey());
            if (other != null && Math.min(own.looks(), other.looks()) >= FEWEST_LOOKS) {
                batches += own.count();
                nanos += own.count() * own.value();
                allowed += own.count() * factor * other.value();
                // Not squares: what slows one size in a look may slow all.
                error += own.count() * Math.sqrt(own.variance() + factor * factor * other.variance());
            }
        }
        return batches == 0 ? new RunTimes(0, 0, 0) : new RunTimes(nanos / batches, allowed / batches, error / batches);
    }

    boolean isTooLong() {
        return nanos > allowed + SIGNIFICANT * error;
    }
}
