package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.FrontendPage;
import dev.sluice.system.call.FrontendPage.Ledger;
import dev.sluice.system.call.Leavers;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.RunFiles;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every query that was accepted ends exactly once, while hosts are killed and callers leave. */
@ExtendWith(Sites.class)
class LedgerIT {

    private static final int PATIENT = 16;
    private static final int LEAVING = 4;
    private static final int ANSWERS_BETWEEN_KILLS = 300;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final AtomicLong ids = new AtomicLong();
    private final Tally often = new Tally();
    private final Tally once = new Tally();
    private final Queue<String> answeredOnce = new ConcurrentLinkedQueue<>();

    @Test
    void everyQueryEndsOnceWhileHostsDieAndCallersLeave(@On(Shape.PAIRS) Site site, TestReporter report) {
        site.awaitCalm();
        Ledger before = ledger(site);
        Leavers leavers = new Leavers(site.all(Tier.FRONTEND));
        Load.of(PATIENT, caller -> call(site, caller))
                .and(LEAVING, caller -> leavers.comeAndGo(caller % 2 == 0 ? "often" : "once", id("leaver")))
                .pausing(PAUSE)
                .during(() -> {
                    for (ServiceProcess host : site.all(Tier.HOST)) {
                        awaitMore(ANSWERS_BETWEEN_KILLS);
                        host.kill();
                        awaitMore(ANSWERS_BETWEEN_KILLS);
                        host.restart();
                        host.awaitReady(Site.LONG);
                    }
                    awaitMore(ANSWERS_BETWEEN_KILLS);
                });
        site.awaitCalm();
        Ledger ledger = ledger(site).since(before);
        report.publishEntry("often", often.toString());
        report.publishEntry("once", once.toString());
        report.publishEntry("left", Long.toString(leavers.count()));
        report.publishEntry("ledger", ledger.toString());

        assertThat(ledger.addsUp()).as("%s", ledger).isTrue();
        long patient = often.all() + once.all();
        assertThat(ledger.accepted()).isBetween(patient, patient + leavers.count());
        assertThat(ledger.answered()).isGreaterThanOrEqualTo(often.answered() + once.answered());
        assertThat(often.counts()).as("idempotent queries").containsOnlyKeys("answered");
        assertThat(once.counts().keySet()).as("other queries").isSubsetOf("answered", "500 LOST");
        assertRanAtMostOnce(site);
    }

    private void call(Site site, int number) {
        Caller caller = site.caller(number % 2);
        boolean mayRepeat = number % 4 < 2;
        String id = id(mayRepeat ? "often" : "once");
        long start = System.nanoTime();
        Reply reply = caller.call(mayRepeat ? "often" : "once", '"' + id + '"');
        Tally tally = mayRepeat ? often : once;
        tally.took(System.nanoTime() - start);
        tally.count(reply);
        if (reply.ok()) {
            assertThat(reply.result().asString())
                    .as("the answer is this caller's own")
                    .isEqualTo(id);
        }
        if (!mayRepeat && reply.ok()) {
            answeredOnce.add(id);
        }
    }

    private String id(String kind) {
        return kind + "-ledger-" + ids.incrementAndGet();
    }

    private void awaitMore(int answers) {
        long enough = often.answered() + once.answered() + answers;
        await().atMost(Site.LONG).until(() -> often.answered() + once.answered() >= enough);
    }

    private void assertRanAtMostOnce(Site site) {
        RunFiles runs = RunFiles.in(site.folder(), "once");
        assertThat(runs.twice()).as("queries that ran twice").isEmpty();
        assertThat(runs.all()).as("what was answered ran").containsAll(answeredOnce);
    }

    private static Ledger ledger(Site site) {
        List<FrontendPage> pages = site.frontendPages();
        return pages.get(0).ledger().plus(pages.get(1).ledger());
    }
}
