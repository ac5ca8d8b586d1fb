package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Tier;
import dev.sluice.common.testing.TestAuthority;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Site;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three tiers with links by mutual TLS, and who has no certificate of the platform's. */
class MutualTlsIT {

    private static final String ROUTER = "sluice-router";

    @TempDir
    private Path folder;

    private final List<OneProcess> processes = new ArrayList<>();
    private final int ports = Places.freePorts(4);

    @Test
    void answersOverSecuredLinksAndLetsNobodyElseIn() throws Exception {
        TestAuthority platform = TestAuthority.named("the platform's");
        for (String member : List.of(ROUTER, "frontend", "host")) {
            platform.write(folder.resolve(member), member);
        }
        TestAuthority.named("a stranger's").write(folder.resolve("stranger"), "frontend", platform);
        Path queries = Files.createDirectories(folder.resolve("queries"));
        Files.writeString(queries.resolve("answer.sql"), "select 42 as answer\n");

        try {
            start(Tier.ROUTER, ROUTER, ports, "sluice.fleet.dir=" + folder.resolve("fleet"));
            start(Tier.HOST, "host", ports + 1, "sluice.host.sql.dir=" + queries);
            start(Tier.FRONTEND, "frontend", ports + 2);
            OneProcess stranger = start(Tier.FRONTEND, "stranger", ports + 3);

            Caller caller = new Caller(URI.create("http://127.0.0.1:" + (ports + 2)));
            Reply answer = await().atMost(Site.LONG)
                    .ignoreExceptions()
                    .until(() -> caller.call("answer", "{}", Duration.ofSeconds(60)), Reply::ok);
            assertThat(answer.body()).contains("\"answer\":42");
            await("the page asks routers over TLS, too")
                    .atMost(Site.LONG)
                    .until(() -> caller.get("/ui/api/now").body().contains("\"answer\""));

            await().atMost(Site.LONG)
                    .until(() -> stranger.output().contains("No link with the router at https://127.0.0.1:" + ports));
            Caller atTheStranger = new Caller(URI.create("http://127.0.0.1:" + (ports + 3)));
            // It takes no connections while it hopes for a router.
            Reply refused = await().atMost(Site.LONG)
                    .ignoreExceptions()
                    .until(() -> atTheStranger.call("answer", "{}"), reply -> true);
            assertThat(refused.status()).isEqualTo(503);
        } finally {
            processes.forEach(OneProcess::close);
        }
    }

    /** The router that comes back knows none of the certificates that the others began with. */
    @Test
    void hostsAndFrontendsTakeRenewedCertificatesWithoutARestart() throws Exception {
        List<String> members = List.of(ROUTER, "frontend", "host");
        TestAuthority first = TestAuthority.named("the first");
        for (String member : members) {
            first.write(folder.resolve(member), member);
        }
        Path queries = Files.createDirectories(folder.resolve("queries"));
        Files.writeString(queries.resolve("answer.sql"), "select 42 as answer\n");
        String fleet = "sluice.fleet.dir=" + folder.resolve("fleet");
        try {
            OneProcess router = start(Tier.ROUTER, ROUTER, ports, fleet);
            start(Tier.HOST, "host", ports + 1, "sluice.host.sql.dir=" + queries);
            start(Tier.FRONTEND, "frontend", ports + 2);
            Caller caller = new Caller(URI.create("http://127.0.0.1:" + (ports + 2)));
            awaitAnswer(caller);

            TestAuthority second = TestAuthority.named("the second");
            for (String member : members) {
                second.write(folder.resolve(member), member);
            }
            router.close();
            await("nobody is linked with the first one")
                    .atMost(Site.LONG)
                    .until(() ->
                            !caller.call("answer", "{}", Duration.ofMillis(500)).ok());
            start(Tier.ROUTER, ROUTER, ports, fleet);
            awaitAnswer(caller);
        } finally {
            processes.forEach(OneProcess::close);
        }
    }

    private static void awaitAnswer(Caller caller) {
        await().atMost(Site.LONG)
                .ignoreExceptions()
                .until(() -> caller.call("answer", "{}", Duration.ofSeconds(60)).ok());
    }

    private OneProcess start(Tier tier, String member, int port, String... more) {
        Path own = folder.resolve(member);
        List<String> properties = new ArrayList<>(List.of(
                "server.port=" + port,
                "sluice.node-id=" + member,
                "sluice.link.ssl.bundle=links",
                "spring.ssl.bundle.pem.links.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=500ms",
                "spring.ssl.bundle.pem.links.keystore.certificate=" + own.resolve(TestAuthority.CERTIFICATE),
                "spring.ssl.bundle.pem.links.keystore.private-key=" + own.resolve(TestAuthority.KEY),
                "spring.ssl.bundle.pem.links.truststore.certificate=" + own.resolve(TestAuthority.AUTHORITY)));
        if (tier != Tier.ROUTER) {
            properties.add("sluice.routers=https://127.0.0.1:" + ports);
        }
        properties.addAll(List.of(more));
        OneProcess process = OneProcess.service("tls-" + member, tier, properties.toArray(String[]::new));
        processes.add(process);
        return process;
    }
}
