package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.schedule.ArrivalProcess;
import java.io.IOException;
import java.util.function.Consumer;

/** An autoscaled actor under arrivals that come in crowds, at a mean rate that does not change. */
final class BurstyLoad implements Scenario {

    private static final int MOST_TURNS = 4;

    @Override
    public String name() {
        return "bursty";
    }

    @Override
    public Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException {
        String goal = Model.goal("1", Model.LARGE, "{\"min\": 1, \"max\": 8}");
        ArrivalProcess arrivals = ArrivalProcess.GAMMA.start(plan.perSecond() / 1e9, Stage.random());
        try (Stage stage =
                Stage.open(site, "bursty", goal, Stage.NOW_AND_THEN, Stage.TIGHT_MILLIS, Stage.arrivals(arrivals))) {
            Stage.pause(plan.bursty());
            Flow flow = stage.endTraffic();
            int turns = Replicas.changesOfDirection(stage.samples());
            stage.events().stream()
                    .filter(event -> event.kind().equals("scale"))
                    .forEach(event -> stage.mark(event.at(), event.isUp() ? "up" : "down"));
            stage.bar(Bar.atMost("bursty arrivals, changes of direction", turns, MOST_TURNS));
            stage.figure("most_wanted", Replicas.mostWanted(stage.samples()));
            progress.accept("%d changes of direction, at most %d replicas wanted"
                    .formatted(turns, Replicas.mostWanted(stage.samples())));
            return stage.story(name(), flow);
        }
    }
}
