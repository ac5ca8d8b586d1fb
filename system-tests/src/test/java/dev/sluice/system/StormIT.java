package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.FrontendPage;
import dev.sluice.system.call.FrontendPage.Ledger;
import dev.sluice.system.call.Leavers;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** Crowds of callers who leave before their answer, and what the others notice of them. */
@ExtendWith(Sites.class)
class StormIT {

    private static final int STORM = 2_000;
    private static final int LEAVING = STORM * 8 / 10;
    private static final int PATIENT = 500;
    private static final int CANCELS = 10_000;
    private static final int THREADS = 8;
    private static final int WAVES = 8;

    /** Another server's batch loop stayed damaged by callers who gave up: later, patient callers failed too. */
    @Test
    void answersThePatientAfterAStormOfCallersWhoLeft(@On(Shape.STEADY) Site site, TestReporter report) {
        site.awaitCalm();
        together(site, PATIENT);
        List<Reply> before = together(site, PATIENT);

        Leavers leavers = new Leavers(site.all(Tier.FRONTEND));
        List<CompletableFuture<Reply>> amidst = new ArrayList<>();
        for (int wave = 0; wave < WAVES; wave++) {
            Thread[] leaving = inThreads(THREADS, LEAVING / WAVES, () -> leavers.comeAndGoAtOnce("model", "0"));
            amidst.addAll(later(site, (STORM - LEAVING) / WAVES));
            join(leaving);
        }
        List<Reply> patient = Caller.all(amidst);
        assertThat(leavers.count()).isEqualTo(LEAVING);
        assertThat(patient).hasSize(STORM - LEAVING).allMatch(Reply::ok);

        report.publishEntry("mean batch before", Double.toString(meanBatch(before)));
        // What is damaged stays so; what came slowly once, since the machine was busy, does not.
        await("batches as full as before").atMost(Site.LONG).until(() -> {
            List<Reply> after = together(site, PATIENT);
            report.publishEntry("mean batch after", Double.toString(meanBatch(after)));
            assertThat(after).hasSize(PATIENT).allMatch(Reply::ok);
            return meanBatch(after) > meanBatch(before) * 0.8;
        });
        site.awaitCalm();
        assertThat(site.frontendPages()).extracting(FrontendPage::ledger).allMatch(Ledger::addsUp);
    }

    /** Elsewhere a peer took many resets for an attack and ended the connection that all shared. */
    @Test
    void tenThousandCancelsDisturbNobodyElse(@On(Shape.STEADY) Site site, TestReporter report) {
        site.awaitCalm();
        long linksBefore = site.linksOpened();
        long cancelledBefore = cancelled(site);
        Leavers leavers = new Leavers(site.all(Tier.FRONTEND));
        Tally others = new Tally();
        long start = System.nanoTime();
        Load.of(THREADS, caller -> {
                    long sent = System.nanoTime();
                    others.count(site.caller(caller % 2).call("echo", "\"undisturbed\""));
                    others.took(System.nanoTime() - sent);
                })
                .during(() -> join(inThreads(THREADS, CANCELS, () -> leavers.comeAndGoAtOnce("slow", "200"))));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        site.awaitCalm();
        long cancelled = cancelled(site) - cancelledBefore;
        report.publishEntry("ms", Long.toString(millis));
        report.publishEntry("cancelled", Long.toString(cancelled));
        report.publishEntry("others", others.toString());

        assertThat(others.counts()).containsOnlyKeys("answered");
        // A reset takes away what the frontend has not read yet: such a query never was one.
        assertThat(cancelled).as("seen as cancelled").isGreaterThan(CANCELS / 4);
        assertThat(site.linksOpened()).as("links opened").isEqualTo(linksBefore);
    }

    private static long cancelled(Site site) {
        return site.frontendPages().stream()
                .map(FrontendPage::metrics)
                .mapToLong(page -> (long) page.sum("sluice_queries_total", "actor=\"slow\"", "outcome=\"cancelled\""))
                .sum();
    }

    private static List<Reply> together(Site site, int count) {
        return Caller.all(later(site, count));
    }

    private static List<CompletableFuture<Reply>> later(Site site, int count) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(site.caller(0).callLater("model", "0"));
        }
        return calls;
    }

    /** The model answers with the size of the batch that the query was in, so a batch of n says n for n times. */
    private static double meanBatch(List<Reply> replies) {
        double batches = replies.stream()
                .mapToDouble(reply -> 1.0 / reply.result().asInt())
                .sum();
        return replies.size() / batches;
    }

    private static Thread[] inThreads(int threads, int calls, Runnable call) {
        AtomicInteger left = new AtomicInteger(calls);
        Thread[] all = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            all[i] = new Thread(() -> {
                while (left.getAndDecrement() > 0) {
                    call.run();
                }
            });
            all[i].start();
        }
        return all;
    }

    private static void join(Thread[] threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", e);
            }
        }
    }
}
