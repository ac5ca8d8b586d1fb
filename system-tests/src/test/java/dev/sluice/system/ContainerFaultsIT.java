package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.containers.Command;
import dev.sluice.system.containers.ComposeProject;
import dev.sluice.system.containers.Container;
import dev.sluice.system.containers.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is said in the log of the container that saw it, and what time heals is tried again. Images by themselves. */
class ContainerFaultsIT {

    private static final String NETWORK = "sluice-container-faults-it";
    private static final int MOST_MEGABYTES_ON_TOP = 300;

    private final List<Container> started = new ArrayList<>();

    @BeforeAll
    static void build() {
        if (Engine.isThere()) {
            new ComposeProject(NETWORK).build().orFail();
            Command.run("docker", "network", "create", NETWORK).orFail();
        }
    }

    @AfterAll
    static void removeNetwork() {
        if (Engine.isThere()) {
            Command.run("docker", "network", "rm", NETWORK).orFail();
        }
    }

    @BeforeEach
    void engine() {
        Engine.assume();
    }

    @AfterEach
    void remove() {
        started.forEach(Container::remove);
    }

    @Test
    void endsWithASentenceAtAValueThatMakesNoSense() {
        Container router = start("router", "--env=SLUICE_LINK_LEASE=2ms");
        assertThat(router.exitCode()).isEqualTo(1);
        assertThat(router.log())
                .contains("APPLICATION FAILED TO START")
                .contains("sluice.link.lease must be between 30 ms and 1 hour, not 2 ms.");

        Container frontend = start("frontend", "--env=SLUICE_ROUTERS=router:7000");
        assertThat(frontend.exitCode()).isEqualTo(1);
        assertThat(frontend.log()).contains("Write each router as http://host:port");
    }

    @Test
    void endsWithASentenceAtAPortThatIsTaken() {
        Container first = start("router");
        await("the first has its port").atMost(ComposeProject.LONG).until(first::healthy);
        Container second = start("router", "--network=container:" + first.id());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.log()).containsPattern("Web server failed to start. Port (7000|9100) was already in use.");
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
            assertThat(refused.output()).contains(first.port() + " failed: port is already allocated");
        }
    }

    @Test
    void namesAHostWithAnotherSecretOnBothSides() {
        Container router = start("router", "--network-alias=router");
        Container stranger =
                start("host", "--env=SLUICE_CLUSTER_SECRET=overheard", "--env=SLUICE_ROUTERS=http://router:7000");
        String sentence = "its cluster secret is another one; give all processes the same sluice.cluster-secret";
        await().atMost(ComposeProject.LONG)
                .untilAsserted(() -> assertThat(stranger.log()).contains(sentence));
        await().atMost(ComposeProject.LONG)
                .untilAsserted(() -> assertThat(router.log()).contains(sentence));
        assertThat(stranger.inspect("{{.State.Running}}")).isEqualTo("true");
    }

    @Test
    void waitsForARouterThatIsNotThereYet() {
        Container host = start("host", "--env=SLUICE_ROUTERS=http://later:7000");
        await().atMost(ComposeProject.LONG)
                .untilAsserted(() -> assertThat(host.log())
                        .containsOnlyOnce(
                                "The name later of sluice.routers has no address at the moment, looking again:"));
        assertThat(host.healthy()).isFalse();
        start("router", "--network-alias=later");
        await("linked, and ready").atMost(ComposeProject.LONG).until(host::healthy);
    }

    @Test
    void saysWhyThereIsNoSecret() {
        Container router = start("router", "--env=SLUICE_CLUSTER_SECRET=");
        assertThat(router.exitCode()).isEqualTo(1);
        assertThat(router.log())
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

    private Container start(String service, String... options) {
        List<String> all = new ArrayList<>(List.of("--read-only", "--tmpfs=/tmp:exec,mode=1777", "--memory=768m"));
        if (List.of(options).stream().noneMatch(option -> option.startsWith("--network="))) {
            all.add("--network=" + NETWORK);
        }
        all.add("--env=SLUICE_CLUSTER_SECRET=known to all that belong here");
        all.addAll(List.of(options));
        Container container = Container.start(all, "sluice-" + service);
        started.add(container);
        return container;
    }
}
