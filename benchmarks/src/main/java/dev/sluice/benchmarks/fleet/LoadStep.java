package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** An autoscaled actor whose load rises to eight times from one moment to the next. */
final class LoadStep implements Scenario {

    private static final double BEFORE = 30;
    private static final double AFTER = 250;
    private static final double BAR_SECONDS = 2;

    @Override
    public String name() {
        return "step";
    }

    @Override
    public Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException {
        String goal = Model.goal("1", Model.LARGE, "{\"min\": 1, \"max\": 8}");
        double step = plan.beforeStep().toMillis() / 1e3;
        StepArrivals arrivals = new StepArrivals(BEFORE / 1e9, AFTER / 1e9, step * 1e9, Stage.random());
        try (Stage stage =
                Stage.open(site, "stepped", goal, Stage.CLOSELY, Stage.TIGHT_MILLIS, Stage.arrivals(arrivals))) {
            Stage.pause(plan.beforeStep().plus(plan.afterStep()));
            Flow flow = stage.endTraffic();
            stage.mark(step, "load step");
            Optional<Happened> decision = stage.events().stream()
                    .filter(event -> event.at() >= step && event.isUp())
                    .findFirst();
            double decided = decision.map(Happened::at).orElse(Double.NaN);
            double serving = Replicas.firstMoreThanAt(stage.samples(), decided);
            stage.mark(decided, "decision");
            stage.mark(serving, "first serves");
            stage.bar(Bar.atMost("step in load, s until the decision", decided - step, BAR_SECONDS));
            stage.bar(Bar.atMost(
                    "step in load, s from there until a new replica serves", serving - decided, BAR_SECONDS));
            stage.figure("most_wanted", Replicas.mostWanted(stage.samples()));
            progress.accept("decided after %.2f s (%s), a new replica serves %.2f s later"
                    .formatted(decided - step, decision.map(Happened::reason).orElse("never"), serving - decided));
            return stage.story(name(), flow);
        }
    }
}
