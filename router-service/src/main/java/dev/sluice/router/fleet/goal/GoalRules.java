package dev.sluice.router.fleet.goal;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.config.Problem;
import dev.sluice.common.placement.VersionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What may be wanted of an actor. Fields are named as in the actors file. */
public final class GoalRules {

    public static final int MOST_REPLICAS = 10_000;
    public static final int MOST_ROUTERS = 100;
    public static final Duration LONGEST = Duration.ofHours(24);

    private final ActorGoal goal;
    private final List<Problem> problems = new ArrayList<>();

    private GoalRules(ActorGoal goal) {
        this.goal = goal;
    }

    /** Everything that is wrong with a goal; nothing where it can be followed. */
    public static List<Problem> check(ActorGoal goal) {
        GoalRules rules = new GoalRules(goal);
        rules.checkAll();
        return List.copyOf(rules.problems);
    }

    private void checkAll() {
        ActorNames.actorProblem(goal.actor())
                .ifPresent(why -> problems.add(new Problem("actor", "is '" + goal.actor() + "'", why)));
        VersionRules.check(goal.current(), problems::add);
        goal.previous().ifPresent(version -> checkOther("previous", version));
        checkScale(goal.scale());
        within("routers", goal.routers(), 1, MOST_ROUTERS);
        goal.rollout().ifPresent(this::checkRollout);
        goal.shadow().ifPresent(this::checkShadow);
        checkThatVersionsDiffer();
    }

    private void checkOther(String field, VersionSpec version) {
        VersionRules.check(version, problem -> problems.add(problem.in(field)));
    }

    private void checkScale(Scale scale) {
        if (scale.min() == 0 && scale.max() == 0) {
            problems.add(new Problem(
                    "replicas",
                    "is 0",
                    "Write 1 or more; or {min: 0, max: 1} for an actor that has none while nobody calls it."));
            return;
        }
        if (scale.isFixed()) {
            within("replicas", scale.max(), 1, MOST_REPLICAS);
        } else {
            within("replicas.min", scale.min(), 0, MOST_REPLICAS);
            within("replicas.max", scale.max(), 1, MOST_REPLICAS);
            require(
                    scale.min() <= scale.max(),
                    "replicas.min",
                    "is " + scale.min() + ", which is more than replicas.max, " + scale.max(),
                    "Lower the first or raise the second.");
        }
        double utilisation = scale.targetUtilisation();
        require(
                utilisation > 0 && utilisation <= 1,
                "replicas.target-utilisation",
                "is " + utilisation,
                "Write a number above 0 and at most 1, such as 0.7.");
        time("replicas.down-after", scale.downAfter());
    }

    private void checkRollout(Rollout rollout) {
        checkOther("rollout", rollout.candidate());
        within("rollout.weight", rollout.weight(), 0, 100);
        List<Integer> steps = rollout.steps();
        boolean rising = !steps.isEmpty() && steps.get(0) >= 1 && steps.get(steps.size() - 1) == 100;
        for (int i = 1; i < steps.size(); i++) {
            rising &= steps.get(i - 1) < steps.get(i);
        }
        require(
                rising,
                "rollout.steps",
                "is " + steps,
                "Write rising percents of which the last is 100, such as " + Rollout.USUAL_STEPS + ".");
        time("rollout.step-time", rollout.stepTime());
        RolloutLimits limits = rollout.limits();
        require(
                limits.errorMargin() >= 0 && limits.errorMargin() <= 1,
                "rollout.error-margin",
                "is " + limits.errorMargin(),
                "Write a number from 0 to 1, such as 0.01.");
        require(
                limits.latencyMargin() >= 0 && limits.latencyMargin() <= Double.MAX_VALUE,
                "rollout.latency-margin",
                "is " + limits.latencyMargin(),
                "Write 0 or more; 0.5 is half as long again.");
        within("rollout.least-queries", limits.leastQueries(), 1, Integer.MAX_VALUE);
    }

    private void checkShadow(Shadow shadow) {
        checkOther("shadow", shadow.version());
        within("shadow.percent", shadow.percent(), 0, 100);
        within("shadow.replicas", shadow.replicas(), 1, MOST_REPLICAS);
    }

    /** Replicas and traffic are told apart by nothing else. */
    private void checkThatVersionsDiffer() {
        Set<String> taken = new HashSet<>(Set.of(goal.current().version()));
        goal.rollout().map(Rollout::candidate).ifPresent(version -> mustDiffer("rollout", version, taken));
        goal.shadow().map(Shadow::version).ifPresent(version -> mustDiffer("shadow", version, taken));
    }

    private void mustDiffer(String field, VersionSpec version, Set<String> taken) {
        require(
                taken.add(version.version()),
                field + ".version",
                "is '" + version.version() + "', as is another version of this actor",
                "Give what differs a version of its own.");
    }

    private void time(String field, Duration value) {
        boolean holds = !value.isNegative() && value.compareTo(LONGEST) <= 0;
        require(holds, field, "is " + Times.text(value), "Write a duration from 0s to " + LONGEST.toHours() + "h.");
    }

    private void within(String field, int value, int least, int most) {
        String range = most == Integer.MAX_VALUE ? least + " or more" : "a number from " + least + " to " + most;
        require(value >= least && value <= most, field, "is " + value, "Write " + range + ".");
    }

    private void require(boolean holds, String field, String what, String action) {
        if (!holds) {
            problems.add(new Problem(field, what, action));
        }
    }
}
