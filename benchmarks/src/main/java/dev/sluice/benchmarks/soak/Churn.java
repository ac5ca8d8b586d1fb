package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.fleet.Sample;
import dev.sluice.benchmarks.protocols.noop.Visit;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Rounds of coming and going; after each all is as it was, but for the version. */
final class Churn {

    static final String ACTOR = "soaked";

    private static final int IN_FLIGHT = 4;
    private static final int FEW = 2;
    private static final int MORE = 4;
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final ServiceProcess frontend;
    private final ControlApi control;
    private final SoakPlan plan;
    private int version = 1;

    Churn(ServiceProcess frontend, ControlApi control, SoakPlan plan) {
        this.frontend = frontend;
        this.control = control;
        this.plan = plan;
    }

    void deploy() throws IOException {
        control.send(
                "PUT",
                "actors/" + ACTOR,
                "{\"version\": \"1\", \"type\": \"vadder\", \"replicas\": %d}".formatted(FEW));
        await("is deployed", sample -> sample.isAtRest() && sample.wanted() == FEW);
    }

    /** Clients of every protocol, some who leave, a version that was never there before, more replicas, and fewer. */
    void round() throws IOException, InterruptedException {
        Visit.pay(frontend, IN_FLIGHT, plan.visit());
        Leavers.comeAndGo(frontend.url(), plan.leavers());
        String next = Integer.toString(++version);
        control.send("POST", "actors/" + ACTOR + "/rollout", """
                {"version": "%s", "type": "vadder", "steps": [50, 100], "step-time": "300ms"}""".formatted(next));
        await("is rolled out", sample -> sample.isAtRest() && sample.version().equals(next));
        scale(MORE);
        scale(FEW);
    }

    private void scale(int replicas) throws IOException {
        control.send("POST", "actors/" + ACTOR + "/scale", "{\"replicas\": %d}".formatted(replicas));
        await(
                "is scaled",
                sample -> sample.isAtRest() && sample.wanted() == replicas && sample.readyInAll() == replicas);
    }

    private void await(String what, Predicate<Sample> asTold) throws IOException {
        long end = System.nanoTime() + MOST.toNanos();
        while (!asTold.test(Sample.of(0, control.get("actors/" + ACTOR), control.get("replicas")))) {
            if (System.nanoTime() - end >= 0) {
                throw new PlatformException("It took more than " + MOST.toSeconds() + " s until " + ACTOR + " " + what
                        + ": see the logs in .sluice/bench-soak/logs.");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformException("The bench was interrupted.");
            }
        }
    }
}
