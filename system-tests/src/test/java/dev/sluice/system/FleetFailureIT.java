package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.ControlPage.Replica;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts are lost, drained and full, and the routers find other places for what ran there. */
@ExtendWith(Sites.class)
class FleetFailureIT {

    private static final Duration GLANCE = Duration.ofMillis(50);

    @Test
    void theReplicasOfAKilledHostArePlacedElsewhereAndNoQueryIsLost(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("survivor", 3, "{\"takes\": \"20ms\"}");
        ServiceProcess host = site.host(2);
        assertThat(on(control, "survivor", host.name()))
                .as("spread over all hosts")
                .hasSize(1);
        TrialCallers callers = new TrialCallers(site.caller(0), "survivor");
        callers.during(() -> {
            callers.awaitMore();
            long start = System.nanoTime();
            host.kill();
            await("all are elsewhere")
                    .atMost(Site.LONG)
                    .pollInterval(GLANCE)
                    .until(() -> control.isSettled("survivor", 3)
                            && on(control, "survivor", host.name()).isEmpty());
            report.publishEntry("elsewhere after ms", Long.toString((System.nanoTime() - start) / 1_000_000));
            callers.awaitMore();
        });
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        assertThat(control.events("survivor", "lost"))
                .as("what is said of the replica that was lost")
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.host()).isEqualTo(host.name());
                    assertThat(event.reason()).contains("host");
                });
        site.makeWhole();
        site.awaitCalm();
    }

    @Test
    void aDrainedHostIsEmptiedWithoutAQueryLostAndUsedAgain(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("moves", 3, "{\"takes\": \"20ms\"}");
        assertThat(on(control, "moves", "host-1")).as("spread over all hosts").hasSize(1);
        TrialCallers callers = new TrialCallers(site.caller(0), "moves");
        callers.during(() -> {
            callers.awaitMore();
            control.done("POST", "hosts/host-1/drain", "");
            await("all are elsewhere")
                    .atMost(Site.LONG)
                    .pollInterval(GLANCE)
                    .until(() -> control.isSettled("moves", 3)
                            && on(control, "moves", "host-1").isEmpty());
            callers.awaitMore();
        });
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        assertThat(control.events("moves", "stop"))
                .anyMatch(
                        event -> event.host().equals("host-1") && event.reason().equals("its host is leaving"));
        control.scale("moves", 6);
        assertThat(on(control, "moves", "host-1"))
                .as("nothing goes to a drained host")
                .isEmpty();
        control.done("POST", "hosts/host-1/undrain", "");
        control.scale("moves", 9);
        assertThat(on(control, "moves", "host-1")).as("it is used again").isNotEmpty();
        site.awaitCalm();
    }

    @Test
    void whatHasNoPlaceIsSeenAndServesOnceAHostJoins(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        ServiceProcess host = site.host(2);
        host.stop();
        await("the host is gone")
                .atMost(Site.LONG)
                .until(() -> control.replicas().stream()
                        .noneMatch(replica -> replica.host().equals(host.name())));
        control.done("PUT", "actors/crowd", "{\"type\": \"trial\", \"replicas\": 9}");
        await("eight have a place")
                .atMost(Site.LONG)
                .until(() -> control.status("crowd").path("ready").asInt() == 8);
        assertThat(control.status("crowd").path("missing").asInt()).isEqualTo(1);
        assertThat(control.status("crowd").path("problems").toString())
                .contains("1 of version 1 cannot be placed")
                .contains("slots");
        assertThat(site.caller(0).call("crowd", "1").ok())
                .as("those that run serve")
                .isTrue();
        await("the meters say so").atMost(Site.LONG).until(() -> meter(site, "missing") == 1);
        assertThat(meter(site, "wanted")).isEqualTo(9);

        host.restart();
        control.awaitSettled("crowd", 9);
        assertThat(on(control, "crowd", host.name())).hasSize(1);
        assertThat(control.status("crowd").path("missing").asInt()).isZero();
        await("the meters say so").atMost(Site.LONG).until(() -> meter(site, "missing") == 0);
        site.awaitCalm();
    }

    private static double meter(Site site, String what) {
        MetricsPage metrics = site.routerPages().get(0).metrics();
        return metrics.sum("sluice_replicas_" + what, "actor=\"crowd\"");
    }

    private static List<Replica> on(ControlPage control, String actor, String host) {
        return control.replicas(actor).stream()
                .filter(replica -> replica.host().equals(host))
                .toList();
    }
}
