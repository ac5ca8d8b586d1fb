package dev.sluice.router.fleet.goal;

import dev.sluice.common.placement.VersionSpec;
import java.time.Duration;
import java.util.List;

/**
 * A version on its way in.
 *
 * @param candidate the version
 * @param weight the part of the queries that it gets now, in percent
 * @param held whether the weight stays until somebody changes it
 * @param steps weights that follow each other, rising, in percent; the last is 100
 * @param stepTime how long each is held, once the candidate's replicas are ready
 * @param limits what makes it go back
 */
public record Rollout(
        VersionSpec candidate, int weight, boolean held, List<Integer> steps, Duration stepTime, RolloutLimits limits) {

    public static final List<Integer> USUAL_STEPS = List.of(5, 25, 50, 100);

    public static final Duration USUAL_STEP_TIME = Duration.ofSeconds(10);

    public Rollout {
        steps = List.copyOf(steps);
    }

    public Rollout withWeight(int next, boolean hold) {
        return new Rollout(candidate, next, hold, steps, stepTime, limits);
    }

    /** The weight that comes after this one; 100 where none is left. */
    public int nextWeight() {
        return steps.stream().filter(step -> step > weight).findFirst().orElse(100);
    }
}
