package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** More replicas take load from those that are there, and none are there while nobody calls. */
@ExtendWith(Sites.class)
class FleetScalingIT {

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration ENOUGH = Duration.ofSeconds(80);
    private static final Duration TOO_SHORT = Duration.ofSeconds(1);

    /** Enough for several batches to wait all the time. */
    private static final int CALLERS = 16;

    private static final int WINDOW = 400;
    private static final double ITS_SHARE = 0.25;

    /** In one of them one of two hosts may stand still while the other works. */
    private static final int WINDOWS = 5;

    @Test
    void aNewReplicaCarriesItsShareFromWhenItIsReady(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("hot", 1, "{\"takes\": \"20ms\"}");
        TrialCallers callers = new TrialCallers(site.caller(0), "hot");
        callers.during(CALLERS, Duration.ZERO, () -> {
            callers.awaitMore();
            Set<String> old = callers.names().keySet();
            assertThat(old).hasSize(1);
            control.done("POST", "actors/hot/scale", "{\"replicas\": 2}");
            await("it is ready").atMost(Site.LONG).pollInterval(GLANCE).until(() -> control.isSettled("hot", 2));
            List<Double> shares = new ArrayList<>();
            do {
                shares.add(shareOfNewOnes(callers, old));
            } while (shares.get(shares.size() - 1) < ITS_SHARE && shares.size() < WINDOWS);
            report.publishEntry("the new one's", shares.toString());
            assertThat(shares).as("its parts of some answers").anyMatch(share -> share >= ITS_SHARE);
        });
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        site.awaitCalm();
    }

    private static double shareOfNewOnes(TrialCallers callers, Set<String> old) {
        long all = callers.tally().answered();
        long its = newOnes(callers.names(), old);
        callers.awaitMore(WINDOW);
        return (newOnes(callers.names(), old) - its) / (double) (callers.tally().answered() - all);
    }

    private static long newOnes(Map<String, Long> names, Set<String> old) {
        return names.entrySet().stream()
                .filter(name -> !old.contains(name.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void theFirstQueryIsHeldUntilAReplicaHasStarted(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        deployToNone(control, "seldom", "{\"start\": \"2s\"}");
        awaitNone(site, "seldom");
        Reply first = site.caller(0).call("seldom", "1", ENOUGH);
        assertThat(first.ok()).as(first.body()).isTrue();
        // The replica may be gone again by now.
        assertThat(control.events("seldom", "scale"))
                .extracting(ControlPage.Event::reason)
                .anyMatch(reason -> reason.endsWith("up from 0 to 1."));

        awaitNone(site, "seldom");
        Reply second = site.caller(0).call("seldom", "2", ENOUGH);
        assertThat(second.ok()).as(second.body()).isTrue();
        assertThat(second.result().path("name")).isNotEqualTo(first.result().path("name"));
        assertThat(control.events("seldom", "scale"))
                .extracting(ControlPage.Event::reason)
                .anyMatch(reason -> reason.endsWith("up from 0 to 1."))
                .anyMatch(reason -> reason.endsWith("down from 1 to 0."));
        site.awaitCalm();
    }

    @Test
    void aFirstQueryWithTooLittleTimeEndsInItAndStartsAReplicaForTheNext(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        deployToNone(control, "hurried", "{\"gate\": \"" + site.folder() + "\"}");
        awaitNone(site, "hurried");
        try (GateKeeper gate = GateKeeper.closed(site)) {
            Reply hurried = site.caller(0).call("hurried", "1", TOO_SHORT);
            assertThat(hurried.status() + " " + hurried.code()).isEqualTo("504 EXPIRED");
            await("a replica is started for the next")
                    .atMost(Site.LONG)
                    .until(() -> control.events("hurried", "scale").stream()
                            .anyMatch(event -> event.reason().endsWith("up from 0 to 1.")));

            CompletableFuture<Reply> patient = site.caller(0).callLater("hurried", "2", ENOUGH);
            gate.open();
            assertThat(Caller.joined(patient).ok()).isTrue();
        }
        site.awaitCalm();
    }

    private static void deployToNone(ControlPage control, String actor, String args) {
        control.done(
                "PUT",
                "actors/" + actor,
                "{\"type\": \"trial\", \"args\": " + args + ", \"replicas\": {\"min\": 0, \"max\": 2,"
                        + " \"down-after\": \"1s\"}}");
    }

    /** None runs, and callers know it nevertheless. */
    private static void awaitNone(Site site, String actor) {
        ControlPage control = site.control(0);
        await("it has no replica")
                .atMost(Site.LONG)
                .until(() -> control.status(actor).path("wanted").asInt(-1) == 0
                        && control.replicas(actor).isEmpty());
        site.awaitPublished(actor);
    }
}
