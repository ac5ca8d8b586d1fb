package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.ControlPage.Event;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new version replaces an old one under load; a bad one goes back by itself. */
@ExtendWith(Sites.class)
class FleetRolloutIT {

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final String STEPS = "\"steps\": [20, 60, 100], \"step-time\": \"1s\"";

    /** Of the first step of a rollout that turns out to be bad. */
    private static final int CANARY_PERCENT = 10;

    @Test
    void severalRolloutsInARowLoseNoQuery(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("renewed", 2, "{\"label\": \"1\"}");
        TrialCallers callers = new TrialCallers(site.caller(0), "renewed");
        callers.during(() -> {
            callers.awaitMore();
            for (int version = 2; version <= 4; version++) {
                rollOut(site, "renewed", version, callers);
            }
            callers.awaitMore();
        });
        report.publishEntry("callers", callers.tally() + ", by version " + callers.labels());

        callers.assertAllAnswered();
        assertThat(callers.labels()).containsOnlyKeys("1", "2", "3", "4");
        assertThat(control.events("renewed", "promote")).hasSize(3);
        site.awaitCalm();
    }

    /** As long as both serve both answer, and the new one does not before one of its replicas is ready. */
    private static void rollOut(Site site, String actor, int version, TrialCallers callers) {
        ControlPage control = site.control(0);
        RouterPage router = new RouterPage(site.router(0).url());
        String label = Integer.toString(version);
        String old = Integer.toString(version - 1);
        control.done(
                "POST",
                "actors/" + actor + "/rollout",
                "{\"version\": \"" + version + "\", \"args\": {\"label\": \"" + version + "\", \"start\": \"1s\"}, "
                        + STEPS + "}");
        await("version " + version + " answers")
                .atMost(Site.LONG)
                .pollInterval(GLANCE)
                .until(() -> callers.labels().containsKey(label));
        assertThat(router.replicas())
                .filteredOn(replica ->
                        replica.actor().equals(actor) && replica.version().equals(label))
                .as("who of version %s can have answered", label)
                .anyMatch(replica -> replica.state().equals("ready"));
        await("version " + old + " answers beside it")
                .atMost(Site.LONG)
                .until(() -> callers.answeredAfterFirstOf(label, old));
        await("version " + version + " serves alone")
                .atMost(Site.LONG)
                .until(() -> control.currentVersion(actor).equals(label) && !control.isRollingOut(actor));
        control.awaitOnly(actor, label, 2);
        // Until the callers have what the last of the old replicas answered.
        callers.awaitEachAgain();
        long oldAfter = callers.labels().get(old);
        callers.awaitMore();
        assertThat(callers.labels().get(old))
                .as("answers of version %s after its end", old)
                .isEqualTo(oldAfter);
    }

    @Test
    void aVersionThatFailsQueriesGoesBackAndHasHadNoMoreThanItsShare(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("fails", 2, "{\"label\": \"good\"}");
        TrialCallers callers = new TrialCallers(site.caller(0), "fails");
        callers.during(() -> {
            callers.awaitMore();
            long before = callers.tally().all();
            beginBadRollout(control, "fails", "queries");
            awaitBack(control, "fails");
            // Until the callers have what the last of the bad replicas answered.
            callers.awaitEachAgain();
            long meanwhile = callers.tally().all() - before;
            assertThat(callers.tally().of("500 FAILED"))
                    .as("failed of %s while it was rolled out", meanwhile)
                    .isPositive()
                    .isLessThanOrEqualTo(meanwhile * CANARY_PERCENT / 100);
            long failed = callers.tally().of("500 FAILED");
            callers.awaitMore();
            assertThat(callers.tally().of("500 FAILED"))
                    .as("failed after it went back")
                    .isEqualTo(failed);
        });
        report.publishEntry("callers", callers.tally().toString());

        assertThat(callers.tally().counts()).containsOnlyKeys("answered", "500 FAILED");
        assertThat(whyBack(control, "fails").reason()).contains("of its").contains("queries failed");
    }

    @Test
    void aVersionThatDoesNotStartGoesBackUnseen(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("never-there", 2, "{\"label\": \"good\"}");
        TrialCallers callers = new TrialCallers(site.caller(0), "never-there");
        callers.during(() -> {
            callers.awaitMore();
            beginBadRollout(control, "never-there", "start");
            awaitBack(control, "never-there");
            callers.awaitMore();
        });
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        assertThat(callers.labels()).containsOnlyKeys("good");
        assertThat(whyBack(control, "never-there").reason())
                .startsWith("Its replicas do not start: ")
                .contains("broken on purpose, at its start");
        assertThat(control.events("never-there", "give-up"))
                .isNotEmpty()
                .allMatch(event -> event.reason().contains("broken on purpose, at its start"));
    }

    @Test
    void eachVersionAnswersWhoNamesIt(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("named", 1, "{\"label\": \"one\"}");
        control.done(
                "POST",
                "actors/named/rollout",
                "{\"version\": \"2\", \"args\": {\"label\": \"two\"}, \"steps\": [1, 100], \"step-time\": \"5m\"}");
        await("version 2 answers")
                .atMost(Site.LONG)
                .pollInterval(GLANCE)
                .until(() -> call(site, "2").body().contains("two"));
        for (int i = 0; i < 20; i++) {
            assertThat(call(site, "1").body()).contains("\"label\":\"one\"");
            assertThat(call(site, "2").body()).contains("\"label\":\"two\"");
        }
        assertIsNoVersion(call(site, "3"), "3");
        control.done("POST", "actors/named/promote", "");
        control.awaitOnly("named", "2", 1);
        assertThat(call(site, "2").body()).contains("\"label\":\"two\"");
        assertIsNoVersion(call(site, "1"), "1");
    }

    private static void assertIsNoVersion(Reply reply, String version) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(404);
        assertThat(reply.body()).contains("has no version '" + version + "'");
    }

    private static Reply call(Site site, String version) {
        return Caller.joined(
                site.caller(0).post("named", "{\"input\": 1, \"version\": \"" + version + "\"}", Site.LONG));
    }

    private static void beginBadRollout(ControlPage control, String actor, String broken) {
        control.done(
                "POST",
                "actors/" + actor + "/rollout",
                "{\"version\": \"bad\", \"args\": {\"label\": \"bad\", \"broken\": \"" + broken + "\"}, \"steps\": ["
                        + CANARY_PERCENT + ", 100], \"step-time\": \"5m\"}");
    }

    private static void awaitBack(ControlPage control, String actor) {
        await(actor + " has gone back")
                .atMost(Site.LONG)
                .pollInterval(GLANCE)
                .until(() -> !control.isRollingOut(actor));
        control.awaitOnly(actor, "1", 2);
        assertThat(control.currentVersion(actor)).isEqualTo("1");
    }

    private static Event whyBack(ControlPage control, String actor) {
        await("it says why")
                .atMost(Site.LONG)
                .until(() -> !control.events(actor, "rollback").isEmpty());
        return control.events(actor, "rollback").get(0);
    }
}
