package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Two versions that take each other's place again and again. */
final class RolloutsInARow implements Scenario {

    private static final Duration MOST = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "rollouts";
    }

    @Override
    public Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException {
        String goal = Model.goal("a", Model.QUICK, "2");
        try (Stage stage = Stage.open(site, "rolled", goal, plan.perSecond())) {
            Stage.pause(plan.calm());
            int done = 0;
            double longest = 0;
            for (int i = 0; i < plan.rollouts(); i++) {
                boolean forth = i % 2 == 0;
                String to = forth ? "b" : "a";
                double asked = stage.ask("POST", "/rollout", """
                                {"version": "%s", %s, "steps": [5, 25, 50, 100], "step-time": "%dms"}""".formatted(
                                to,
                                forth ? Model.QUICK_TOO : Model.QUICK,
                                plan.stepTime().toMillis()));
                stage.mark(asked, "to " + to);
                Optional<Sample> atRest = stage.await(MOST, sample -> sample.at() > asked + 0.5 && sample.isAtRest());
                boolean there =
                        atRest.filter(sample -> sample.version().equals(to)).isPresent();
                done += there ? 1 : 0;
                double took = stage.now() - asked;
                longest = Math.max(longest, took);
                progress.accept("rollout %d to version %s: %s after %.1f s"
                        .formatted(i + 1, to, there ? "done" : "not done", took));
                if (!there) {
                    break;
                }
            }
            Stage.pause(plan.calm());
            Flow flow = stage.endTraffic();
            stage.figure("longest_rollout_s", longest);
            stage.bar(Bar.atLeast("rollouts in a row, done", done, plan.rollouts()));
            stage.bar(Bar.atMost("rollouts in a row, queries not answered", flow.unanswered(), 0));
            return stage.story(name(), flow);
        }
    }
}
