package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.system.call.FrontendPage;
import dev.sluice.system.call.FrontendPage.Ledger;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.On;
import dev.sluice.system.site.PaceMaker;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the order by deadlines makes of replicas that get slow, break or stand still, and of callers who do not give up. */
@ExtendWith(Sites.class)
class DeadlineFaultsIT {

    private static final int CALLERS = 12;
    private static final int CROWD = 96;
    private static final int TRIES = 5;
    private static final int MANY = 400;
    private static final int SOME = 60;
    private static final int QUICK = 10;
    private static final int SLOW = 10 * QUICK;
    private static final Duration SLO = Duration.ofSeconds(60);
    private static final Duration TIGHT = Duration.ofMillis(60);

    /** What a crowd is given that comes to replicas at {@link #CROWDED}: most of it cannot be served in time. */
    private static final Duration OF_CROWD = Duration.ofMillis(180);

    private static final int CROWDED = 30;
    private static final List<String> ANSWERS_AND_REFUSALS =
            List.of("answered", "503 UNMEETABLE", "503 OVERLOADED", "504 EXPIRED");

    private final Tally tally = new Tally();

    @AfterEach
    void publish(TestReporter report) {
        report.publishEntry("callers", tally.toString());
    }

    @Test
    void givesASlowReplicaLessAndLosesNothingByIt(@On(Shape.STEADY) Site site) {
        PaceMaker pace = new PaceMaker(site).takes(0, QUICK).takes(1, SLOW);
        double quickBefore = batches(site, 0);
        double slowBefore = batches(site, 1);
        load(site).during(() -> {
            awaitAnswers(MANY);
            // Where the quick one stood still for a moment, more answers show it.
            awaitTrue("the slow one got some batches, and less than half as many as the quick one", () -> {
                double slow = batches(site, 1) - slowBefore;
                return slow > 0 && slow < (batches(site, 0) - quickBefore) / 2;
            });
        });
        assertThat(tally.counts()).containsOnlyKeys("answered");
        pace.takes(1, QUICK);
        site.awaitCalm();
    }

    /** Elsewhere the least loaded one gets the next query, and nobody is less loaded than one that fails at once. */
    @Test
    void doesNotFeedAReplicaThatFailsAtOnceAndTriesItAgain(@On(Shape.STEADY) Site site) {
        PaceMaker pace = new PaceMaker(site).takes(0, QUICK).takes(1, QUICK);
        double retriedBefore = retried(site);
        load(site).during(() -> {
            awaitAnswers(SOME);
            pace.fails(1);
            awaitAnswers(MANY);
            pace.takes(1, QUICK);
            double before = batches(site, 1);
            await("it works again").atMost(Site.LONG).until(() -> batches(site, 1) > before + SOME);
        });
        assertThat(tally.counts().keySet()).contains("answered").isSubsetOf("answered", "500 FAILED");
        long failed = tally.of("500 FAILED");
        assertThat(failed).as("failed").isLessThan(tally.answered() / 4);
        assertThat(failed + retried(site) - retriedBefore)
                .as("failed there, and run by the other one if it may be")
                .isPositive();
        site.awaitCalm();
    }

    @Test
    void answersAllWhileAHostStandsStillForAMoment(@On(Shape.STEADY) Site site) {
        new PaceMaker(site).takes(0, QUICK).takes(1, QUICK);
        ServiceProcess host = site.host(1);
        long links = site.linksOpened();
        load(site).during(() -> {
            awaitAnswers(SOME);
            host.pause();
            // Some 300 ms of the other's work.
            awaitAnswers(SOME);
            host.resume();
            awaitAnswers(MANY);
        });
        assertThat(tally.counts()).containsOnlyKeys("answered");
        assertThat(site.linksOpened()).as("it was not given up for lost").isEqualTo(links);
        site.awaitCalm();
    }

    @Test
    void survivesACrowdThatTriesAgainAtOnce(@On(Shape.STEADY) Site site) {
        new PaceMaker(site).takes(0, CROWDED).takes(1, CROWDED);
        List<Ledger> before = ledgers(site);
        Load.of(CROWD, caller -> persist(site, caller)).during(() -> awaitAnswers(MANY));
        assertThat(tally.counts().keySet()).contains("answered").isSubsetOf(ANSWERS_AND_REFUSALS);
        assertThat(tally.of("503 UNMEETABLE")).as("refused at once").isPositive();
        site.awaitCalm();
        for (int i = 0; i < before.size(); i++) {
            Ledger since = ledgers(site).get(i).since(before.get(i));
            assertThat(since.addsUp()).as("%s", since).isTrue();
        }
        assertThat(site.caller(0).call("pace", "1", SLO).ok())
                .as("the patient, afterwards")
                .isTrue();
    }

    /** From one minute to the next the same model may take ten times as long: what was learnt must not be held on to. */
    @Test
    void followsAnActorThatTakesTenTimesAsLong(@On(Shape.STEADY) Site site) {
        PaceMaker pace = new PaceMaker(site).takes(0, QUICK).takes(1, QUICK);
        load(site).during(() -> {
            awaitAnswers(MANY);
            pace.takes(0, 10 * QUICK).takes(1, 10 * QUICK);
            awaitTrue("what cannot be done any more is refused", () -> refuses(site));
            pace.takes(0, QUICK).takes(1, QUICK);
            awaitTrue("what can be done again is done", () -> !refuses(site));
        });
        assertThat(tally.counts().keySet()).contains("answered").isSubsetOf(ANSWERS_AND_REFUSALS);
        site.awaitCalm();
    }

    /** Whether a query that a batch of ten times the usual length cannot answer in time is turned away, unheard. */
    private static boolean refuses(Site site) {
        return site.caller(0).call("pace", "1", TIGHT).code().equals("UNMEETABLE");
    }

    private Load load(Site site) {
        return Load.of(CALLERS, caller -> tally.count(site.caller(caller % 2).call("pace", "1", SLO)));
    }

    private void persist(Site site, int caller) {
        for (int tries = 0; tries < TRIES; tries++) {
            Reply reply = site.caller(caller % 2).call("pace", "1", OF_CROWD);
            tally.count(reply);
            if (reply.ok()) {
                return;
            }
            if (reply.status() == 503) {
                boolean retryable = reply.json().path("retryable").asBoolean();
                assertThat(retryable).as(reply.body()).isTrue();
            }
        }
    }

    private void awaitAnswers(int more) {
        long enough = tally.answered() + more;
        awaitTrue(more + " more answers", () -> tally.answered() >= enough);
    }

    private static void awaitTrue(String what, BooleanSupplier condition) {
        await(what).atMost(Site.LONG).until(condition::getAsBoolean);
    }

    private static double batches(Site site, int host) {
        return MetricsPage.of(site.host(host).url()).sum("sluice_batch_size_count", "actor=\"pace\"");
    }

    private static double retried(Site site) {
        return site.routerPages().stream()
                .mapToDouble(page -> page.metrics().sum("sluice_retries_total", "actor=\"pace\"", "retry=\"charged\""))
                .sum();
    }

    private static List<Ledger> ledgers(Site site) {
        return site.frontendPages().stream().map(FrontendPage::ledger).toList();
    }
}
