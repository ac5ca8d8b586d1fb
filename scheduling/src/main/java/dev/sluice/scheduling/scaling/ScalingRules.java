package dev.sluice.scheduling.scaling;

import java.time.Duration;

/**
 * Within what bounds, how full and how soon.
 *
 * @param min the fewest replicas; 0 lets an actor that nobody calls have none
 * @param max the most, at least 1 and at least {@code min}
 * @param targetUtilisation the part of a replica's time that is to be used, above 0 and at most 1
 * @param downAfter for how long fewer must have sufficed before any is taken away; not negative
 * @param idleAfter for how long nothing must have come before the last replica is taken away, where {@code min} is 0. It
 *     goes no sooner than {@code downAfter} either
 */
public record ScalingRules(int min, int max, double targetUtilisation, Duration downAfter, Duration idleAfter) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ScalingRules {
        if (min < 0 || max < 1 || max < min) {
            throw new IllegalArgumentException(
                    "Between " + min + " and " + max
                            + " replicas there is nothing to choose; min must not be negative, max at least 1 and at least min");
        }
        if (!(targetUtilisation > 0 && targetUtilisation <= 1)) {
            throw new IllegalArgumentException("The target utilisation is " + targetUtilisation
                    + "; it must be above 0 and at most 1, such as 0.7");
        }
        if (downAfter.isNegative() || idleAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "A time to wait must not be negative: downAfter is " + downAfter + ", idleAfter " + idleAfter);
        }
    }

    int clamp(double replicas) {
        return (int) Math.max(min, Math.min(max, replicas));
    }
}
