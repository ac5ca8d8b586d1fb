package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.ControlPage.Replica;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** A version gets copies of queries, and whatever becomes of these, callers do not notice. */
@ExtendWith(Sites.class)
class FleetShadowIT {

    private static final int QUERIES = 50;

    @Test
    void copiesAreComparedWithWhatCallersGot(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        control.done("PUT", "actors/sums", "{\"type\": \"vadder\", \"args\": {\"increment\": 1}}");
        control.awaitSettled("sums", 1);
        copyAll(control, "sums", "alike", "\"args\": {\"increment\": \"1\"}");
        comparesAll(site, "sums", "alike", "same");
        copyAll(control, "sums", "other", "\"args\": {\"increment\": \"2\"}");
        comparesAll(site, "sums", "other", "different");

        assertThat(compared(site, "sums", "alike", "different")).isZero();
        control.done("DELETE", "actors/sums/shadow", "");
        control.awaitSettled("sums", 1);
        site.awaitCalm();
        double before = compared(site, "sums", "other", "different");
        add(site, "sums");
        site.awaitCalm();
        assertThat(compared(site, "sums", "other", "different"))
                .as("after its end")
                .isEqualTo(before);
    }

    @Test
    void callersDoNotNoticeThatItFails(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("copied", 1, "{\"label\": \"seen\"}");
        copyAll(control, "copied", "failing", "\"args\": {\"label\": \"unseen\", \"broken\": \"queries\"}");
        TrialCallers callers = new TrialCallers(site.caller(0), "copied");
        callers.during(callers::awaitMore);
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        assertThat(callers.labels()).containsOnlyKeys("seen");
        awaitCompared(site, "copied", "failing", "copy_failed", 1);
        site.awaitCalm();
    }

    @Test
    void callersDoNotWaitForOneThatIsSlow(@On(Shape.FLEET) Site site, TestReporter report) {
        ControlPage control = site.emptyFleet();
        control.done("PUT", "actors/quick", "{\"type\": \"trial\", \"args\": {\"label\": \"seen\"}, \"slo\": \"30s\"}");
        control.awaitSettled("quick", 1);
        copyAll(control, "quick", "slow", "\"args\": {\"label\": \"unseen\", \"takes\": \"3s\"}");
        TrialCallers callers = new TrialCallers(site.caller(0), "quick");
        callers.during(callers::awaitMore);
        report.publishEntry("callers", callers.tally().toString());

        callers.assertAllAnswered();
        assertThat(callers.labels()).containsOnlyKeys("seen");
        assertThat(compared(site, "quick", "slow", "same") + compared(site, "quick", "slow", "different"))
                .as("copies that were answered by the time that callers had all of theirs")
                .isLessThan(callers.tally().answered());
        // And with it the copies that nobody has come to yet.
        control.done("DELETE", "actors/quick/shadow", "");
        site.awaitCalm();
    }

    private static void copyAll(ControlPage control, String actor, String version, String made) {
        control.done(
                "PUT",
                "actors/" + actor + "/shadow",
                "{\"version\": \"" + version + "\", " + made + ", \"percent\": 100, \"replicas\": 1}");
        await("the shadow serves")
                .atMost(Site.LONG)
                .until(() -> control.isSettled(actor, 2)
                        && control.replicas(actor).stream()
                                .map(Replica::version)
                                .anyMatch(version::equals));
    }

    /** From the first copy on: the router may learn that the shadow serves a moment after whoever asks the control API. */
    private static void comparesAll(Site site, String actor, String version, String result) {
        await("a copy is counted as " + result).atMost(Site.LONG).until(() -> {
            add(site, actor, 1);
            return compared(site, actor, version, result) > 0;
        });
        site.awaitCalm();
        double before = compared(site, actor, version, result);
        add(site, actor);
        await("all copies are counted as " + result)
                .atMost(Site.LONG)
                .until(() -> compared(site, actor, version, result) - before == QUERIES);
    }

    private static void add(Site site, String actor) {
        add(site, actor, QUERIES);
    }

    private static void add(Site site, String actor, int queries) {
        IntStream.range(0, queries)
                .forEach(i -> assertThat(site.caller(0)
                                .call(actor, Integer.toString(i))
                                .result()
                                .asInt())
                        .isEqualTo(i + 1));
    }

    private static void awaitCompared(Site site, String actor, String version, String result, int least) {
        await(least + " copies are counted as " + result)
                .atMost(Site.LONG)
                .until(() -> compared(site, actor, version, result) >= least);
    }

    private static double compared(Site site, String actor, String version, String result) {
        MetricsPage metrics = site.routerPages().get(0).metrics();
        return metrics.sum(
                "sluice_shadow_compared_total",
                "actor=\"" + actor + "\"",
                "version=\"" + version + "\"",
                "result=\"" + result + "\"");
    }
}
