package dev.sluice.router.fleet.goal;

import java.time.Duration;

/**
 * How many replicas an actor has.
 *
 * @param min the fewest; 0 lets an actor that nobody calls have none
 * @param max the most, at least 1 and at least {@code min}; where both are equal nothing is reckoned
 * @param targetUtilisation the part of a replica's time that is to be used, above 0 and at most 1
 * @param downAfter for how long fewer must have sufficed before any is taken away
 */
public record Scale(int min, int max, double targetUtilisation, Duration downAfter) {

    public static final double USUAL_UTILISATION = 0.7;

    public static final Duration USUAL_DOWN_AFTER = Duration.ofSeconds(60);

    public static Scale fixed(int replicas) {
        return new Scale(replicas, replicas, USUAL_UTILISATION, USUAL_DOWN_AFTER);
    }

    public static Scale between(int min, int max) {
        return new Scale(min, max, USUAL_UTILISATION, USUAL_DOWN_AFTER);
    }

    public boolean isFixed() {
        return min == max;
    }

    /** The number nearest to this one that is allowed. */
    public int clamp(int replicas) {
        return Math.max(min, Math.min(max, replicas));
    }
}
