package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.AddingCallers;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.containers.ComposeProject;
import dev.sluice.system.containers.Engine;
import dev.sluice.system.containers.ServiceContainer;
import dev.sluice.system.site.Places;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/** The images as a test of one's own actors uses them: single containers of Testcontainers on a network, without Compose. */
class ContainerNetworkIT {

    private static final int API = 8080;

    private final List<ServiceContainer> started = new ArrayList<>();
    private final List<Network> networks = new ArrayList<>();

    @BeforeAll
    static void build() {
        if (Engine.isThere()) {
            new ComposeProject("sluice-container-network-it").build().orFail();
        }
    }

    @BeforeEach
    void engine() {
        Engine.assume();
    }

    @AfterEach
    void remove() {
        started.forEach(ServiceContainer::stop);
        networks.forEach(Network::close);
    }

    /** The example of docs/operations.md. */
    @Test
    void servesAJarInATestOfItsOwners() {
        MountableFile jar = MountableFile.forHostPath(
                Places.project().resolve("examples/actors/target/sluice-example-actors.jar"), 0444);
        try (Network network = Network.newNetwork();
                GenericContainer<?> router = sluice("router", network);
                GenericContainer<?> host = sluice("host", network)
                        .withCopyFileToContainer(jar, "/actors/mine.jar")
                        .withEnv("SLUICE_ACTORS_VADDER_ARGS_INCREMENT", "3");
                GenericContainer<?> frontend = sluice("frontend", network).withExposedPorts(API)) {
            Stream.of(router, host, frontend).parallel().forEach(GenericContainer::start);
            await("the frontend has heard of it")
                    .atMost(ComposeProject.LONG)
                    .until(() -> caller(frontend).get("/vadder").ok());
            Reply reply = caller(frontend).call("vadder", "39");
            assertThat(reply.result().asLong()).isEqualTo(42);
        }
    }

    private static GenericContainer<?> sluice(String service, Network network) {
        return new GenericContainer<>("sluice-" + service)
                .withNetwork(network)
                .withNetworkAliases(service)
                .withEnv("SLUICE_CLUSTER_SECRET", "of this test")
                .withEnv("SLUICE_ACCESS_OPEN", "true")
                .withEnv("SLUICE_ROUTERS", "http://router:7000")
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(ComposeProject.LONG));
    }

    @Test
    void scalesHostsStopsARouterAndRestartsEverything(TestReporter report) {
        Network network = Network.newNetwork();
        networks.add(network);
        List<ServiceContainer> routers = List.of(of("router", network), of("router", network));
        List<ServiceContainer> hosts = new ArrayList<>(List.of(of("host", network)));
        ServiceContainer frontend = of("frontend", network).withExposedPorts(API);
        Stream.concat(routers.stream(), Stream.of(hosts.get(0), frontend)).forEach(ServiceContainer::start);
        started.forEach(ServiceContainer::awaitHealthy);
        AddingCallers callers = new AddingCallers(caller(frontend));

        callers.during(() -> {
            callers.awaitMore();
            hosts.add(of("host", network).started());
            hosts.add(of("host", network).started());
            await("batches on three hosts")
                    .atMost(ComposeProject.LONG)
                    .ignoreExceptions()
                    .until(() -> hosts.stream()
                            .allMatch(host -> host.metrics().sum("sluice_batch_size_count", "actor=\"vadder\"") > 0));
            busiest(routers).stopInPeace();
            callers.awaitMore();
        });
        report.publishEntry("callers", callers.tally().toString());
        assertThat(callers.tally().counts()).containsOnlyKeys("answered");

        started.forEach(ServiceContainer::restart);
        started.forEach(ServiceContainer::awaitHealthy);
        // The engine may publish another port for a container that it starts again.
        Caller again = new Caller(URI.create("http://127.0.0.1:" + frontend.publishedPort(API)));
        assertThat(again.call("vadder", "10").result().asLong()).isEqualTo(11);
    }

    private ServiceContainer of(String service, Network network) {
        ServiceContainer container =
                ServiceContainer.of(service, network).withEnv("SLUICE_ROUTERS", "http://router:7000");
        started.add(container);
        return container;
    }

    private static Caller caller(GenericContainer<?> frontend) {
        return new Caller(URI.create("http://" + frontend.getHost() + ":" + frontend.getMappedPort(API)));
    }

    private static ServiceContainer busiest(List<ServiceContainer> routers) {
        return worked(routers.get(0)) >= worked(routers.get(1)) ? routers.get(0) : routers.get(1);
    }

    private static double worked(ServiceContainer router) {
        return router.metrics().sum("sluice_queries_total", "actor=\"vadder\"");
    }
}
