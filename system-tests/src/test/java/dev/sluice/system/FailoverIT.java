package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Caller.CallFailed;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.call.RunFiles;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** One process of a tier dies or freezes under load, and callers notice as little as can be. */
@ExtendWith(Sites.class)
class FailoverIT {

    private static final int CALLERS = 16;
    private static final int SOME = 200;
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** A silent host is out within a lease of 3 s; the rest is for a busy machine. Nothing but the lease would end it so soon. */
    private static final Duration OUT = Duration.ofSeconds(60);

    /** Less than a caller waits that hears nothing. */
    private static final long TURNED_MILLIS = 60_000;

    /** JUnit makes a new instance for each test, and no two queries have one id. */
    private final UUID life = UUID.randomUUID();

    private final AtomicLong ids = new AtomicLong();
    private final Tally tally = new Tally();

    @Test
    void losesNoIdempotentQueryWithARouter(@On(Shape.PAIRS) Site site, TestReporter report) {
        int number = site.routerOf("often");
        ServiceProcess router = site.router(number);
        Load.of(CALLERS, caller -> call(site.caller(caller % 2), "often"))
                .pausing(PAUSE)
                .during(() -> {
                    awaitMore(SOME);
                    router.kill();
                    awaitMore(SOME);
                    router.restart();
                    router.awaitReady(Site.LONG);
                    RouterPage back = new RouterPage(router.url());
                    await("the router has its actors back")
                            .atMost(Site.LONG)
                            .ignoreExceptions()
                            .until(() -> back.attempts("often") > SOME);
                });
        report.publishEntry("callers", tally.toString());

        assertThat(tally.counts()).containsOnlyKeys("answered");
        site.awaitCalm();
    }

    @Test
    void endsWhatMustNotRunTwiceWhenItsRouterDies(@On(Shape.PAIRS) Site site, TestReporter report) {
        ServiceProcess router = site.router(site.routerOf("once"));
        Load.of(CALLERS, caller -> call(site.caller(caller % 2), "once"))
                .pausing(PAUSE)
                .during(() -> {
                    awaitMore(SOME);
                    router.kill();
                    awaitMore(SOME);
                });
        report.publishEntry("callers", tally.toString());

        assertThat(tally.counts().keySet()).isSubsetOf("answered", "500 LOST");
        assertThat(RunFiles.in(site.folder(), "once").twice()).isEmpty();
        site.makeWhole();
        site.awaitCalm();
    }

    @Test
    void servesCallersOfADeadFrontendThroughTheOther(@On(Shape.PAIRS) Site site, TestReporter report) {
        Tally turned = new Tally();
        Load.of(CALLERS, caller -> callTurning(site, turned)).pausing(PAUSE).during(() -> {
            awaitMore(SOME);
            site.frontend(0).kill();
            awaitMore(SOME);
        });
        report.publishEntry("callers", tally.toString());
        report.publishEntry("turned to the other", turned.toString());

        assertThat(tally.counts()).containsOnlyKeys("answered");
        assertThat(turned.all()).isPositive();
        assertThat(turned.longestMillis()).as("ms until served by the other").isLessThan(TURNED_MILLIS);
        site.makeWhole();
        site.awaitCalm();
    }

    @Test
    void givesUpAFrozenHostWithinALeaseAndTakesItBack(@On(Shape.PAIRS) Site site, TestReporter report) {
        ServiceProcess host = site.host(1);
        Load.of(CALLERS, caller -> call(site.caller(caller % 2), "often"))
                .pausing(PAUSE)
                .during(() -> {
                    awaitMore(SOME);
                    long start = System.nanoTime();
                    host.pause();
                    await("the routers give the host up")
                            .atMost(OUT)
                            .pollInterval(Duration.ofMillis(50))
                            .until(() -> site.routerPages().stream()
                                    .noneMatch(page -> page.readyHosts().contains(host.name())));
                    report.publishEntry("out after ms", Long.toString((System.nanoTime() - start) / 1_000_000));
                    awaitMore(SOME);
                    host.resume();
                    await("the host is back")
                            .atMost(Site.LONG)
                            .until(() -> site.routerPages().stream()
                                    .allMatch(page -> page.readyHosts().contains(host.name())));
                    awaitMore(SOME);
                });
        report.publishEntry("callers", tally.toString());

        assertThat(tally.counts()).containsOnlyKeys("answered");
        site.awaitCalm();
    }

    @Test
    void runsNothingTwiceThatAFrozenHostHeld(@On(Shape.PAIRS) Site site, TestReporter report) {
        ServiceProcess host = site.host(2);
        Load.of(CALLERS, caller -> call(site.caller(caller % 2), "once"))
                .pausing(PAUSE)
                .during(() -> {
                    awaitMore(SOME);
                    host.pause();
                    await("the routers give the host up")
                            .atMost(OUT)
                            .until(() -> site.routerPages().stream()
                                    .noneMatch(page -> page.readyHosts().contains(host.name())));
                    awaitMore(SOME);
                    host.resume();
                    awaitMore(SOME);
                });
        report.publishEntry("callers", tally.toString());

        assertThat(tally.counts().keySet()).isSubsetOf("answered", "500 LOST");
        site.awaitCalm();
        assertThat(RunFiles.in(site.folder(), "once").twice()).isEmpty();
    }

    @Test
    void answersTheCallerOfAHostThatEndsItself(@On(Shape.PAIRS) Site site) {
        Reply exit = site.caller(0).call("lethal/exit", "3");

        assertThat(exit.status()).isEqualTo(500);
        assertThat(exit.code()).isEqualTo("LOST");
        assertThat(site.caller(0).call("often", "\"after\"").ok()).isTrue();
        await().atMost(Site.LONG).until(() -> site.all(Tier.HOST).stream().anyMatch(host -> !host.alive()));
    }

    @Test
    void answersTheCallerOfAHostThatRunsOutOfMemory(@On(Shape.PAIRS) Site site) {
        Reply allocate = site.caller(0).call("lethal/allocate", "2000");

        assertThat(allocate.status()).isEqualTo(500);
        assertThat(allocate.code()).isIn("LOST", "FAILED");
        assertThat(site.caller(0).call("often", "\"after\"").ok()).isTrue();
    }

    private void call(Caller caller, String actor) {
        String id = actor + "-" + life + "-" + ids.incrementAndGet();
        long start = System.nanoTime();
        Reply reply = caller.call(actor, '"' + id + '"');
        tally.took(System.nanoTime() - start);
        tally.count(reply);
        if (reply.ok()) {
            assertThat(reply.result().asString()).isEqualTo(id);
        }
    }

    private void callTurning(Site site, Tally turned) {
        long start = System.nanoTime();
        try {
            call(site.caller(0), "often");
        } catch (CallFailed dead) {
            call(site.caller(1), "often");
            turned.took(System.nanoTime() - start);
            turned.count("served");
        }
    }

    private void awaitMore(int answers) {
        long enough = tally.answered() + answers;
        await().atMost(Site.LONG).until(() -> tally.answered() >= enough);
    }
}
