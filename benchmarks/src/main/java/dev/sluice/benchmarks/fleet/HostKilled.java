package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The host with most replicas is gone from one moment to the next. */
final class HostKilled implements Scenario {

    private static final double BAR_SECONDS = 5;
    private static final Duration MOST = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "host";
    }

    @Override
    public Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException {
        String goal = Model.goal("1", Model.QUICK, "4");
        try (Stage stage = Stage.open(site, "spread", goal, plan.perSecond())) {
            double longest = 0;
            for (int i = 0; i < plan.kills(); i++) {
                Stage.pause(plan.calm());
                double took = kill(stage, progress);
                longest = took <= longest ? longest : took;
                stage.await(MOST, Sample::isAtRest);
            }
            Stage.pause(plan.calm());
            Flow flow = stage.endTraffic();
            stage.bar(Bar.atMost("host killed, s until its replicas are ready elsewhere", longest, BAR_SECONDS));
            stage.figure("queries_not_answered", flow.unanswered());
            return stage.story(name(), flow);
        }
    }

    /** The time until as many are ready as before, or NaN. */
    private static double kill(Stage stage, Consumer<String> progress) {
        Sample before = stage.look();
        String victim = before.ready().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
        ServiceProcess process = stage.site().process(Tier.HOST, victim);
        double killed = stage.now();
        process.kill();
        stage.mark(killed, "kill " + victim);
        Optional<Sample> elsewhere =
                stage.await(MOST, sample -> sample.at() > killed && sample.readyOn(victim) == 0 && sample.isComplete());
        double took = elsewhere.map(sample -> sample.at() - killed).orElse(Double.NaN);
        stage.mark(killed + took, "all ready");
        progress.accept("%s killed with %d of %d replicas: all ready elsewhere after %.2f s"
                .formatted(victim, before.readyOn(victim), before.readyInAll(), took));
        Stage.pause(Duration.ofSeconds(1));
        stage.mark(stage.now(), "start " + victim);
        process.restart();
        process.awaitReady();
        return took;
    }
}
