package dev.sluice.router.fleet.change;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import java.time.Duration;
import java.util.Optional;

/**
 * How many replicas there are to be; what is empty is as it is.
 *
 * @param replicas exactly so many; then there are no bounds
 */
public record ScaleChange(
        Optional<Integer> replicas,
        Optional<Integer> min,
        Optional<Integer> max,
        Optional<Double> targetUtilisation,
        Optional<Duration> downAfter) {

    public Changed to(ActorGoal before) {
        if (replicas.isPresent() && (min.isPresent() || max.isPresent())) {
            throw new Refused(new Refusal.Invalid(
                    "replicas", "is set, and so is " + (min.isPresent() ? "min" : "max"), "Write a number or bounds."));
        }
        Scale scale = before.scale();
        Scale next = new Scale(
                replicas.or(() -> min).orElse(scale.min()),
                replicas.or(() -> max).orElse(scale.max()),
                targetUtilisation.orElse(scale.targetUtilisation()),
                downAfter.orElse(scale.downAfter()));
        return new Changed(
                before.withScale(next),
                next.isFixed()
                        ? "it is to have " + next.max() + " replicas"
                        : "it is to have " + next.min() + " to " + next.max() + " replicas");
    }
}
