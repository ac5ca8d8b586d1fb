package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** More replicas take load from those that are there, and none are there while nobody calls. */
@ExtendWith(Sites.class)
class FleetScalingIT {

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final Duration TOO_SHORT = Duration.ofMillis(300);

    /** Enough for several batches to wait all the time. */
    private static final int CALLERS = 16;

    private static final int WINDOW = 400;

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
            long all = callers.tally().answered();
            long its = newOnes(callers.names(), old);
            callers.awaitMore(WINDOW);
            long allThen = callers.tally().answered() - all;
            long itsThen = newOnes(callers.names(), old) - its;
            report.publishEntry("the new one's", itsThen + " of " + allThen);
            assertThat(itsThen).as("its part of %s answers", allThen).isGreaterThanOrEqualTo(allThen / 4);
        });
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        site.awaitCalm();
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
        deployToNone(control, "seldom");
        awaitNone(site, "seldom");
        Reply first = site.caller(0).call("seldom", "1", ENOUGH);
        assertThat(first.ok()).as(first.body()).isTrue();
        assertThat(control.replicas("seldom")).isNotEmpty();

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
        deployToNone(control, "hurried");
        awaitNone(site, "hurried");
        Reply hurried = site.caller(0).call("hurried", "1", TOO_SHORT);
        assertThat(hurried.status() + " " + hurried.code()).isEqualTo("504 EXPIRED");
        assertThat(control.replicas("hurried"))
                .as("a replica that could have answered")
                .noneMatch(ControlPage.Replica::isReady);

        Reply patient = site.caller(0).call("hurried", "2", ENOUGH);
        assertThat(patient.ok()).as(patient.body()).isTrue();
        site.awaitCalm();
    }

    private static void deployToNone(ControlPage control, String actor) {
        control.done(
                "PUT",
                "actors/" + actor,
                "{\"type\": \"trial\", \"args\": {\"start\": \"2s\"}, \"replicas\": {\"min\": 0, \"max\": 2,"
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
