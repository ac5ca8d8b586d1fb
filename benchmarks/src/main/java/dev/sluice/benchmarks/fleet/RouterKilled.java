package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The router that controls the actor, and sends all its queries, is gone from one moment to the next. */
final class RouterKilled implements Scenario {

    private static final double BAR_SECONDS = 3;
    private static final Duration MOST = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "router";
    }

    @Override
    public boolean sharesStore() {
        return true;
    }

    @Override
    public Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException {
        String goal = Model.goal("1", Model.QUICK, "2");
        try (Stage stage = Stage.open(site, "handed", goal, plan.perSecond())) {
            double longest = 0;
            for (int i = 0; i < plan.kills(); i++) {
                Stage.pause(plan.calm());
                double took = kill(stage, 3 - i % 2, progress);
                longest = took <= longest ? longest : took;
            }
            Stage.pause(plan.calm());
            Flow flow = stage.endTraffic();
            stage.bar(Bar.atMost("router killed, s until another controls the actor", longest, BAR_SECONDS));
            stage.figure("queries_not_answered", flow.unanswered());
            return stage.story(name(), flow);
        }
    }

    /**
     * The time until the other router says that it controls the actor, or NaN.
     *
     * @param replicas that it is asked for then, to see that it does
     */
    private static double kill(Stage stage, int replicas, Consumer<String> progress) throws IOException {
        String victim = stage.look().controller();
        ServiceProcess process = stage.site().process(Tier.ROUTER, victim);
        double killed = stage.now();
        process.kill();
        stage.mark(killed, "kill " + victim);
        Optional<Sample> taken = stage.await(
                MOST, sample -> sample.at() > killed && !sample.controller().equals(victim));
        double took = taken.map(sample -> sample.at() - killed).orElse(Double.NaN);
        stage.mark(killed + took, "handed over");
        double asked = stage.ask("POST", "/scale", "{\"replicas\": %d}".formatted(replicas));
        stage.mark(asked, "scale to " + replicas);
        double obeyed = stage.await(MOST, sample -> sample.wanted() == replicas && sample.isAtRest())
                .map(sample -> sample.at() - asked)
                .orElse(Double.NaN);
        progress.accept("%s killed: another controls the actor after %.2f s, and scales it to %d in %.2f s"
                .formatted(victim, took, replicas, obeyed));
        process.restart();
        process.awaitReady();
        stage.mark(stage.now(), victim + " back");
        return took;
    }
}
