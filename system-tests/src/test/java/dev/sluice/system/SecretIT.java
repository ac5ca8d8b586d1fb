package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who does not know the platform's secret is kept out, and both sides say so. */
@ExtendWith(Sites.class)
class SecretIT {

    private static final String SENTENCE =
            "its cluster secret is another one; give all processes the same sluice.cluster-secret";

    @Test
    void refusesAHostWithAnotherSecretAndServesOn(@On(Shape.STEADY) Site site) {
        String router = "sluice.routers=" + site.router(0).url();
        try (OneProcess stranger = OneProcess.service(
                "stranger",
                Tier.HOST,
                "sluice.node-id=stranger",
                "server.port=" + Places.freePorts(1),
                router,
                "sluice.host.actors-dir=" + site.folder().resolve("actors"),
                "sluice.actors.once.args.dir=" + site.folder(),
                "sluice.actors.gate.args.dir=" + site.folder(),
                "sluice.actors.crowd.args.dir=" + site.folder(),
                "sluice.actors.ordered.args.dir=" + site.folder(),
                "sluice.actors.in-turn.args.dir=" + site.folder(),
                "sluice.cluster-secret=overheard somewhere")) {
            await().atMost(Site.LONG).until(() -> stranger.output().contains(SENTENCE));
            await().atMost(Site.LONG)
                    .until(() -> Files.readString(site.router(0).log()).contains(SENTENCE));

            assertThat(stranger.alive()).isTrue();
            assertThat(site.routerPages().get(0).replicas())
                    .noneMatch(replica -> replica.host().equals("stranger"));
            assertThat(site.caller(0).call("vadder", "1").ok()).isTrue();
        }
    }

    @Test
    void tellsAnybodyThatAProcessIsWellAndNobodyElseMore(@On(Shape.STEADY) Site site) {
        for (Tier tier : Tier.values()) {
            Caller process = new Caller(site.all(tier).get(0).url());
            assertThat(process.getAsAnybody("/actuator/health/liveness").status())
                    .isEqualTo(200);
            for (String path :
                    List.of("", "/", "/info", "/prometheus", "/sbom", "/nothing", "/%70rometheus", "/health/../info")) {
                Reply refused = process.getAsAnybody("/actuator" + path);
                assertThat(refused.status()).as("%s of a %s", path, tier).isGreaterThanOrEqualTo(400);
                assertThat(refused.body()).doesNotContain("sluice_", "\"build\"", "_links");
            }
            assertThat(process.getAsAnybody("/actuator/prometheus").status()).isEqualTo(401);
        }
    }

    @Test
    void refusesAFrontendThatHasNone(@On(Shape.STEADY) Site site) throws IOException {
        int port = Places.freePorts(1);
        try (OneProcess stranger = OneProcess.service(
                "frontend-without-secret",
                Tier.FRONTEND,
                "sluice.node-id=frontend-without-secret",
                "sluice.frontend.grpc.port=0",
                "sluice.frontend.flight.port=0",
                "server.port=" + port,
                "sluice.routers=" + site.router(0).url())) {
            await().atMost(Site.LONG).until(() -> stranger.output().contains(SENTENCE));

            assertThat(site.caller(0).call("vadder", "1").ok()).isTrue();
        }
    }
}
