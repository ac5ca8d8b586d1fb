package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.FrontendPage;
import dev.sluice.system.registry.BuiltFor;
import dev.sluice.system.registry.CannedServer;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Discovery that needs no server of the test: a list; and a registry that no test can run, whose client is bound by what
 * docs/discovery.md says and asks as it should.
 */
@ExtendWith(Sites.class)
class DiscoveryByConfigurationIT {

    @Test
    void findsARouterInConsul(@On(Shape.STEADY) Site site) {
        String instances = """
                [{"Node": {"Node": "machine", "Address": "127.0.0.1", "Datacenter": "dc1"},
                  "Service": {"ID": "sluice-router-0", "Service": "sluice-router", "Address": "127.0.0.1", "Port": %d,
                              "Tags": [], "Meta": {"sluice-node-id": "router-0"}},
                  "Checks": []}]""".formatted(site.router(0).port());
        try (CannedServer consul = CannedServer.of(Map.of(
                "/v1/health/service/sluice-router", instances, "/v1/catalog/services", "{\"sluice-router\": []}"))) {
            linksWithTheRouter(
                    frontend("spring-cloud-starter-consul-discovery"),
                    "spring.cloud.consul.host=127.0.0.1",
                    "spring.cloud.consul.port=" + consul.url().getPort());
        }
    }

    /** Frontends and hosts alike. */
    @Test
    void findsARouterInAListOfTheConfiguration(@On(Shape.STEADY) Site site) {
        BuiltFor built = BuiltFor.client("spring-cloud-commons", Tier.FRONTEND, Tier.HOST);
        String list = "spring.cloud.discovery.client.simple.instances.sluice-router[0].uri="
                + site.router(0).url();
        linksWithTheRouter(built.of(Tier.FRONTEND), list);

        int port = Places.freePorts(1);
        try (OneProcess host = process(built.of(Tier.HOST), port, list)) {
            Caller itself = new Caller(URI.create("http://127.0.0.1:" + port));
            await("it is linked, and so ready")
                    .atMost(Site.LONG)
                    .ignoreExceptions()
                    .until(() -> itself.get("/actuator/health/readiness").ok());
            assertThat(host.alive()).isTrue();
        }
    }

    private static Program frontend(String starter) {
        return BuiltFor.client(starter, Tier.FRONTEND).of(Tier.FRONTEND);
    }

    private static void linksWithTheRouter(Program frontend, String... properties) {
        int port = Places.freePorts(1);
        try (OneProcess process = process(frontend, port, properties)) {
            FrontendPage page = new FrontendPage(URI.create("http://127.0.0.1:" + port));
            await("it is linked").atMost(Site.LONG).ignoreExceptions().until(() -> page.linkedRouters() == 1);
            assertThat(process.alive()).isTrue();
        }
    }

    private static OneProcess process(Program program, int port, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("server.port=" + port);
        all.add("sluice.frontend.grpc.port=0");
        all.add("sluice.frontend.flight.port=0");
        all.add("sluice.node-id=found-" + port);
        all.add("sluice.cluster-secret=" + Site.SECRET);
        all.add("sluice.discovery.service-id=sluice-router");
        all.add("sluice.routers=http://127.0.0.1:1");
        return OneProcess.service("found-" + port, program, all.toArray(String[]::new));
    }

    @Test
    void isNoneOfTheStockServicesBusiness(@On(Shape.STEADY) Site site) throws IOException {
        for (Tier tier : Tier.values()) {
            try (JarFile jar = new JarFile(BuiltFor.usual(tier).toFile())) {
                assertThat(jar.stream().map(JarEntry::getName)).noneMatch(name -> name.contains("spring-cloud"));
            }
            for (ServiceProcess process : site.all(tier)) {
                String log =
                        Files.readString(process.log()).replace(Places.project().toString(), "");
                assertThat(log).doesNotContainIgnoringCase("discover").doesNotContain(".cloud.");
            }
        }
    }
}
