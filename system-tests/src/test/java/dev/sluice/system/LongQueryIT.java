package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Readiness;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Elsewhere a query of two minutes came back as an empty reply, whatever the time-outs said. */
@ExtendWith(Sites.class)
class LongQueryIT {

    private static final Duration TAKES = Duration.ofSeconds(15);

    /** Three times every idle limit of its frontend, and more than the lease. */
    @Test
    void noIdleLimitCutsAQueryThatRuns(@On(Shape.STEADY) Site site) {
        URI url = URI.create("http://127.0.0.1:" + Places.freePorts(1));
        try (OneProcess impatient = OneProcess.service(
                "impatient-frontend",
                Tier.FRONTEND,
                "sluice.node-id=impatient-frontend",
                "server.port=" + url.getPort(),
                "sluice.frontend.grpc.port=0",
                "sluice.frontend.flight.port=0",
                "sluice.routers=" + site.router(0).url(),
                "sluice.cluster-secret=" + Site.SECRET,
                // No shorter, since a caller may stand still for a moment between head and body.
                "sluice.http.idle-timeout=5s",
                "sluice.http.body-timeout=5s")) {
            Readiness readiness = new Readiness(Duration.ofSeconds(5));
            await().atMost(Site.LONG).until(() -> readiness.ready(url));
            CompletableFuture<Reply> query =
                    new Caller(url).callLater("slow", Long.toString(TAKES.toMillis()), Duration.ofMinutes(10));
            Reply reply = Caller.joined(query);

            assertThat(reply.ok()).as("%s", reply).isTrue();
            assertThat(reply.result().asLong()).isEqualTo(TAKES.toMillis());
            assertThat(impatient.alive()).isTrue();
        }
    }
}
