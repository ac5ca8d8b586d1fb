package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.RawCall;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.Tally;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service that is told to stop ends what it accepted, and whoever talks to it notices in time. */
@ExtendWith(Sites.class)
class StopIT {

    private static final int CALLERS = 12;
    private static final int SOME = 200;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration GLANCE = Duration.ofMillis(10);

    /** Longer than the frontend's idle limit for streams, so that an open one counts as idle. */
    private static final Duration QUIET = Duration.ofMillis(1_500);

    private final AtomicLong ids = new AtomicLong();
    private final Tally tally = new Tally();

    @Test
    void aFrontendEndsWhatItAcceptedAndTellsItsConnectionsToClose(@On(Shape.PAIRS) Site site) throws IOException {
        ServiceProcess frontend = site.frontend(0);
        Caller readiness = new Caller(frontend.url());
        try (GateKeeper gate = GateKeeper.closed(site);
                RawCall keptAlive = RawCall.send(frontend.url(), "gate", "3000")) {
            CompletableFuture<Reply> other = site.caller(0).callLater("gate", "3000");
            await().atMost(Site.LONG)
                    .until(() -> site.frontendPages().get(0).ledger().inFlight() == 2);
            CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(frontend::stop);
            await("readiness falls while it still serves")
                    .pollInterval(GLANCE)
                    .until(() -> readiness.get("/actuator/health/readiness").status() == 503);
            assertThat(other).as("the query is still under way").isNotDone();
            gate.open();

            assertThat(Caller.joined(other).ok()).isTrue();
            String response = keptAlive.readAll();
            assertThat(response).startsWith("HTTP/1.1 200").contains("\"result\": 3000");
            assertThat(response.toLowerCase(Locale.ROOT)).contains("connection: close");
            assertThat(stopped.join()).as("it ended by itself").isTrue();
        }
    }

    /** Long before the limit for streams of this site, or it would be killed. */
    @Test
    void aFrontendWithNothingButIdleStreamsIsGoneSoon(@On(Shape.PAIRS) Site site, TestReporter report)
            throws IOException {
        ServiceProcess frontend = site.frontend(1);
        try (RawCall stream = RawCall.stream(frontend.url(), "streams/idle", "3")) {
            stream.readUntil("data: 3\n\n");
            await().pollDelay(QUIET).until(() -> true);
            long start = System.nanoTime();
            assertThat(frontend.stop()).as("it ended by itself").isTrue();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            report.publishEntry("gone after ms", Long.toString(millis));

            assertThat(stream.readAll()).contains("event: error").contains("UNAVAILABLE");
        }
    }

    @Test
    void aRouterStopsWithoutAnyoneSeeingAnError(@On(Shape.PAIRS) Site site, TestReporter report) {
        stopsUnseen(site, site.router(site.routerOf("once")), report);
    }

    @Test
    void aHostStopsWithoutAnyoneSeeingAnError(@On(Shape.PAIRS) Site site, TestReporter report) {
        stopsUnseen(site, site.host(0), report);
    }

    private void stopsUnseen(Site site, ServiceProcess process, TestReporter report) {
        Load.of(CALLERS, caller -> call(site, caller)).pausing(PAUSE).during(() -> {
            awaitMore();
            long start = System.nanoTime();
            assertThat(process.stop()).as("it ended by itself").isTrue();
            report.publishEntry("gone after ms", Long.toString((System.nanoTime() - start) / 1_000_000));
            awaitMore();
            process.restart();
            process.awaitReady(Site.LONG);
            awaitMore();
        });
        report.publishEntry("callers", tally.toString());

        assertThat(tally.counts()).containsOnlyKeys("answered");
        site.awaitCalm();
    }

    private void call(Site site, int caller) {
        String actor = caller % 4 < 2 ? "once" : "often";
        long start = System.nanoTime();
        tally.count(site.caller(caller % 2).call(actor, "\"stop-" + hashCode() + "-" + ids.incrementAndGet() + "\""));
        tally.took(System.nanoTime() - start);
    }

    private void awaitMore() {
        long enough = tally.answered() + SOME;
        await().atMost(Site.LONG).until(() -> tally.answered() >= enough);
    }
}
