package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.containers.Command;
import dev.sluice.system.containers.ComposeProject;
import dev.sluice.system.containers.Engine;
import dev.sluice.system.containers.ServiceContainer;
import dev.sluice.system.site.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

/** What is wrong is said in the log of the container that saw it, and what time heals is tried again. Images by themselves. */
class ContainerFaultsIT {

    private static final int MOST_MEGABYTES_ON_TOP = 300;

    private static Network network;

    private final List<ServiceContainer> started = new ArrayList<>();

    @BeforeAll
    static void build() {
        if (Engine.isThere()) {
            new ComposeProject("sluice-container-faults-it").build().orFail();
            network = Network.newNetwork();
        }
    }

    @AfterAll
    static void removeNetwork() {
        if (network != null) {
            network.close();
        }
    }

    @BeforeEach
    void engine() {
        Engine.assume();
    }

    @AfterEach
    void remove() {
        started.forEach(ServiceContainer::stop);
    }

    @Test
    void endsWithASentenceAtAValueThatMakesNoSense() {
        ServiceContainer router = started(of("router").withEnv("SLUICE_LINK_LEASE", "2ms"));
        assertThat(router.awaitExit()).isEqualTo(1);
        assertThat(router.getLogs())
                .contains("APPLICATION FAILED TO START")
                .contains("sluice.link.lease must be between 30 ms and 1 hour, not 2 ms.");

        ServiceContainer frontend = started(of("frontend").withEnv("SLUICE_ROUTERS", "router:7000"));
        assertThat(frontend.awaitExit()).isEqualTo(1);
        assertThat(frontend.getLogs()).contains("Write each router as http://host:port");
    }

    @Test
    void endsWithASentenceAtAPortThatIsTaken() {
        ServiceContainer first = started(of("router")).awaitHealthy();
        ServiceContainer second = started(ServiceContainer.beside(first, "router"));
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.getLogs())
                .containsPattern("Web server failed to start. Port (7000|9100) was already in use.");
    }

    @Test
    void letsTheEngineSayThatThePublishedPortIsTaken() {
        try (ComposeProject first = new ComposeProject("sluice-first-it");
                ComposeProject second = new ComposeProject("sluice-second-it")) {
            List<String> frontend = List.of("up", "--detach", "--no-build", "--no-deps", "frontend");
            first.compose(frontend).orFail();
            Command.Outcome refused =
                    second.with("SLUICE_PORT", Integer.toString(first.port())).compose(frontend);
            assertThat(refused.ok()).isFalse();
            assertThat(refused.output())
                    .contains(Integer.toString(first.port()))
                    .containsPattern("already (allocated|in use)");
        }
    }

    @Test
    void namesAHostWithAnotherSecretOnBothSides() {
        ServiceContainer router = started(of("router"));
        ServiceContainer stranger = started(of("host")
                .withEnv("SLUICE_CLUSTER_SECRET", "overheard")
                .withEnv("SLUICE_ROUTERS", "http://router:7000"));
        String sentence = "its cluster secret is another one; give all processes the same sluice.cluster-secret";
        await().atMost(ComposeProject.LONG)
                .untilAsserted(() -> assertThat(stranger.getLogs()).contains(sentence));
        await().atMost(ComposeProject.LONG)
                .untilAsserted(() -> assertThat(router.getLogs()).contains(sentence));
        assertThat(stranger.isRunning()).isTrue();
    }

    @Test
    void waitsForARouterThatIsNotThereYet() {
        ServiceContainer host = started(of("host").withEnv("SLUICE_ROUTERS", "http://later:7000"));
        await().atMost(ComposeProject.LONG)
                .untilAsserted(() -> assertThat(host.getLogs())
                        .containsOnlyOnce(
                                "The name later of sluice.routers has no address at the moment, looking again:"));
        await("it says why it is not ready")
                .atMost(ComposeProject.LONG)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> host.show("health")).hasMessageContaining("no router is linked"));
        started(of("router").withNetworkAliases("later"));
        host.awaitHealthy();
    }

    /** The engine makes a folder where there is none, so a name written wrong looks like this. */
    @Test
    void servesNoExamplesWhereSomebodysOwnActorsWereMeant() {
        ServiceContainer router = started(of("router"));
        ServiceContainer host = started(of("host")
                        .withEnv("ACTORS_FOLDER", "/srv/actros")
                        .withEnv("SLUICE_ROUTERS", "http://router:7000"))
                .awaitHealthy();
        assertThat(host.getLogs())
                .contains(
                        "there is no jar in /actors, which is the folder SLUICE_ACTORS=/srv/actros of the engine's machine");
        assertThat(router.show("actors").strip()).isEqualTo("[]");
    }

    @Test
    void endsWithASentenceAtAFolderOfActorsThatItMayNotRead() throws IOException {
        Path folder = Files.setPosixFilePermissions(
                Places.folder("unreadable"), PosixFilePermissions.fromString("rwx------"));
        ServiceContainer host = started(of("host").mounting(folder, "/actors"));
        assertThat(host.awaitExit()).isEqualTo(1);
        assertThat(host.getLogs())
                .contains("The folder of actors cannot be read by user 10001")
                .contains("chmod o+rx");
    }

    @Test
    void showsWhatItsManagementPortAnswers() {
        ServiceContainer router = started(of("router")).awaitHealthy();
        assertThat(router.show("health")).contains("\"status\":\"UP\"");
        assertThat(router.show("queues").strip()).isEqualTo("[]");
        assertThatThrownBy(() -> router.show("nothing")).hasMessageContaining("/actuator/nothing answered 404");
    }

    @Test
    void saysWhyThereIsNoSecret() {
        ServiceContainer router = started(of("router").withEnv("SLUICE_CLUSTER_SECRET", ""));
        assertThat(router.awaitExit()).isEqualTo(1);
        assertThat(router.getLogs())
                .contains("There is no SLUICE_CLUSTER_SECRET, and none can be kept in /run/sluice/cluster-secret");
    }

    @Test
    void startsFromItsAotCacheAndWouldSayIfItCouldNot() {
        for (String service : List.of("frontend", "router", "host")) {
            Command.run("docker", "run", "--rm", "sluice-" + service, "--check").orFail();
        }
        assertThat(Command.run(
                                "docker",
                                "run",
                                "--rm",
                                "--env=SLUICE_JAVA_OPTS=-XX:-UseCompactObjectHeaders",
                                "sluice-router",
                                "--check")
                        .ok())
                .as("of a JVM that cannot use the cache")
                .isFalse();
    }

    @Test
    void isSmallAndCarriesRuntimesOfModelsInHostsOnly() {
        long base = size("eclipse-temurin:25-jre");
        for (String service : List.of("frontend", "router", "host")) {
            String jars = Command.run(
                            "docker", "run", "--rm", "--entrypoint=ls", "sluice-" + service, "/app/" + service + "/lib")
                    .orFail()
                    .output();
            assertThat(jars.contains("onnxruntime")).as(service).isEqualTo(service.equals("host"));
            assertThat(jars.contains("duckdb") && !service.equals("host"))
                    .as(service)
                    .isFalse();
            assertThat((size("sluice-" + service) - base) >> 20)
                    .as("MB of the %s", service)
                    .isLessThan(MOST_MEGABYTES_ON_TOP);
        }
    }

    private static long size(String image) {
        return Long.parseLong(Command.run("docker", "image", "inspect", "--format={{.Size}}", image)
                .orFail()
                .output()
                .strip());
    }

    private static ServiceContainer of(String service) {
        return ServiceContainer.of(service, network);
    }

    private ServiceContainer started(ServiceContainer container) {
        started.add(container);
        return container.started();
    }
}
