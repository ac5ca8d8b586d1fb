package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.AddingCallers;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Reply;
import dev.sluice.system.containers.ComposeProject;
import dev.sluice.system.containers.Container;
import dev.sluice.system.containers.Engine;
import dev.sluice.system.containers.NewerImage;
import dev.sluice.system.site.AddingModel;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.SqlFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** What docker-compose.yml promises: one front door, tiers that are scaled and replaced under load, and nothing more open. */
class ContainersIT {

    private static final List<String> TIERS = List.of("frontend", "router", "host");

    private static final String PUBLISHED =
            "{{range $port, $bindings := .NetworkSettings.Ports}}{{range $bindings}}{{.HostIp}}:{{.HostPort}} {{end}}{{end}}";

    private static final Pattern SPACE = Pattern.compile(" ");

    private static ComposeProject project;

    private AddingCallers callers;

    @BeforeAll
    static void start() {
        if (Engine.isThere()) {
            project = new ComposeProject("sluice-containers-it").withExamples();
            project.build().orFail();
        }
    }

    @BeforeEach
    void engine() {
        Engine.assume();
        callers = new AddingCallers(project.caller());
    }

    @AfterAll
    static void stop() {
        if (project != null) {
            project.close();
        }
    }

    @Test
    void servesTheExamplesThroughThePublishedPort() throws IOException {
        ready(1, 1);
        Caller caller = project.caller();
        assertThat(caller.call("vadder", "10").result().asLong()).isEqualTo(11);
        byte[] picture = Files.readAllBytes(Places.project().resolve("examples/pictures/digit-7.png"));
        assertThat(new String(
                        caller.bytes("digits", BodyPublishers.ofByteArray(picture))
                                .body(),
                        StandardCharsets.UTF_8))
                .as("a model, whose runtime unpacks native code")
                .isEqualTo("7");
        byte[] large = new byte[20 << 20];
        assertThat(caller.bytes("echo", BodyPublishers.ofByteArray(large)).body())
                .isEqualTo(large);
    }

    @Test
    void publishesNothingButTheFrontendAndThatOnLoopback() {
        ready(1, 1);
        List<String> ofFrontend =
                project.ports().stream().map(port -> "127.0.0.1:" + port).toList();
        for (String tier : TIERS) {
            assertThat(project.containers(tier))
                    .hasSize(1)
                    .allSatisfy(container -> assertThat(SPACE.splitAsStream(
                                            container.inspect(PUBLISHED).strip())
                                    .filter(published -> !published.isEmpty()))
                            .containsExactlyInAnyOrderElementsOf(tier.equals("frontend") ? ofFrontend : List.of()));
        }
        assertThat(project.caller().get("/actuator/health").status())
                .as("of the management port, asked of the public one")
                .isEqualTo(404);
    }

    @Test
    void runsWithoutRootAndWithoutAWritableRoot() {
        ready(1, 1);
        for (String tier : TIERS) {
            Container container = project.containers(tier).get(0);
            assertThat(container.exec("id", "-u").orFail().output().strip()).isEqualTo("10001");
            assertThat(container.exec("sh", "-c", "echo x >/app/x").output()).contains("Read-only file system");
            assertThat(container
                            .exec("grep", "CapEff", "/proc/1/status")
                            .orFail()
                            .output())
                    .contains("0000000000000000");
        }
    }

    @Test
    void scalesHostsUnderLoadAndGivesBatchesToAll(TestReporter report) {
        ready(1, 1);
        callers.during(() -> {
            callers.awaitMore();
            project.up(1, 3).orFail();
            await("batches on three hosts")
                    .atMost(ComposeProject.LONG)
                    .ignoreExceptions()
                    .until(() -> {
                        List<Container> hosts = project.containers("host");
                        return hosts.size() == 3
                                && hosts.stream()
                                        .allMatch(host ->
                                                host.metrics().sum("sluice_batch_size_count", "actor=\"vadder\"") > 0);
                    });
        });
        report.publishEntry("callers", callers.tally().toString());
        assertThat(callers.tally().counts()).containsOnlyKeys("answered");
    }

    @Test
    void showsNoCallerThatARouterWasStopped(TestReporter report) {
        ready(2, 1);
        List<Container> routers = project.containers("router");
        callers.during(() -> {
            await("both routers work")
                    .atMost(ComposeProject.LONG)
                    .ignoreExceptions()
                    .until(() -> routers.stream().anyMatch(router -> worked(router) > AddingCallers.SOME));
            Container busy = worked(routers.get(0)) >= worked(routers.get(1)) ? routers.get(0) : routers.get(1);
            busy.stop();
            callers.awaitMore();
            assertThat(busy.inspect("{{.State.ExitCode}}"))
                    .as("it ended by itself")
                    .isIn("0", "143");
        });
        report.publishEntry("callers", callers.tally().toString());
        assertThat(callers.tally().counts()).containsOnlyKeys("answered");
    }

    /** As docs/operations.md says to upgrade, to images that differ: new ones beside the old ones, then the old ones go. */
    @Test
    void replacesRoutersAndHostsUnderLoad(TestReporter report) {
        ready(1, 1);
        callers.during(() -> {
            callers.awaitMore();
            for (String tier : List.of("host", "router")) {
                List<Container> old = project.containers(tier);
                try (NewerImage newer = NewerImage.of("sluice-" + tier)) {
                    project.compose(List.of(
                                    "up", "--detach", "--no-deps", "--no-recreate", "--scale", tier + "=2", tier))
                            .orFail();
                    assertThat(project.containers(tier)).hasSize(2).containsAll(old);
                    List<Container> added = project.containers(tier).stream()
                            .filter(container -> !old.contains(container))
                            .toList();
                    assertThat(added)
                            .singleElement()
                            .satisfies(container ->
                                    assertThat(container.inspect("{{.Image}}")).isEqualTo(newer.id()));
                    await("the new one can serve")
                            .atMost(ComposeProject.LONG)
                            .until(() -> added.stream().allMatch(Container::healthy));
                    assertThat(old)
                            .allSatisfy(container -> assertThat(container.inspect("{{.State.Running}}"))
                                    .isEqualTo("true"));
                    old.forEach(Container::stop);
                    old.forEach(Container::remove);
                }
                callers.awaitMore();
            }
        });
        report.publishEntry("callers", callers.tally().toString());
        assertThat(callers.tally().counts()).containsOnlyKeys("answered");
    }

    @Test
    void givesEachFrontendAPortOfTheRange() {
        ready(1, 1);
        List<Integer> ports = project.roomForFrontends(2);
        try {
            scaleFrontends(2);
            for (int port : ports) {
                Caller caller = new Caller(URI.create("http://127.0.0.1:" + port));
                await("the frontend at " + port + " answers")
                        .atMost(ComposeProject.LONG)
                        .ignoreExceptions()
                        .until(() -> caller.call("vadder", "1").ok());
            }
        } finally {
            project.roomForOneFrontend();
            scaleFrontends(1);
        }
    }

    private static void scaleFrontends(int count) {
        project.compose(List.of("up", "--detach", "--no-deps", "--scale", "frontend=" + count, "frontend"))
                .orFail();
    }

    @Test
    void servesAgainAfterEverythingWasRestarted() {
        ready(2, 2);
        String secret = secret();
        assertThat(secret).as("drawn at the first start").hasSizeGreaterThan(40);
        project.restart(TIERS.toArray(String[]::new));
        project.awaitReady();
        assertThat(secret()).isEqualTo(secret);
        for (Container frontend : project.containers("frontend")) {
            await("links with both routers")
                    .atMost(ComposeProject.LONG)
                    .until(() -> frontend.metrics().sum("sluice_link_routers") == 2);
        }
    }

    @Test
    void keepsWhatOperatorsWantForAllRoutersOverTheirRestartsAndThatOfTheStore() {
        ready(2, 1);
        sluice("deploy", "noop", "--replicas", "2", "--wait");
        project.restart("router", "store");
        project.awaitReady();
        assertThat(project.containers("router"))
                .hasSize(2)
                .allSatisfy(router -> await("this router knows what is wanted")
                        .atMost(ComposeProject.LONG)
                        .until(
                                () -> router.exec("sluice", "actors", "noop").output(),
                                text -> text.contains("wanted by operators, revision")));
        await("it is ready, as the router that controls it sees it")
                .atMost(ComposeProject.LONG)
                .until(() -> project.containers("router").stream()
                        .map(router -> router.exec("sluice", "actors", "noop").output())
                        .anyMatch(text -> text.contains("noop: ready")));
        assertThat(project.caller().call("noop", "1").ok()).isTrue();
    }

    @Test
    void startsWithTheActorsFileOfAMountedFolder() throws IOException {
        Path file = project.conf().resolve("actors.yaml");
        Files.writeString(file, "actors:\n  slow:\n    type: model\n    args: {alpha: 1ms}\n    replicas: 1\n");
        try {
            ready(1, 1);
            project.restart("router");
            await("the file's actor answers")
                    .atMost(ComposeProject.LONG)
                    .ignoreExceptions()
                    .until(() -> project.caller().call("slow", "1").ok());
        } finally {
            Files.delete(file);
            project.restart("router");
        }
    }

    private static void sluice(String... command) {
        List<String> all = new ArrayList<>(List.of("sluice"));
        all.addAll(List.of(command));
        project.containers("router").get(0).exec(all.toArray(String[]::new)).orFail();
    }

    @Test
    void servesTheJarsOfAMountedFolderAsSetBesideThemAndNamesWhatIsNoJar() throws IOException {
        Files.move(project.actors().resolve("examples.jar"), project.actors().resolve("mine.jar"));
        Files.writeString(project.actors().resolve("letter.jar"), "Dear host, this is no jar.");
        Files.writeString(project.actors().resolve("application.yaml"), "sluice.actors.vadder.args.increment: 3\n");
        try {
            ready(1, 1);
            project.restart("host");
            await("the jar's actor, as set")
                    .atMost(ComposeProject.LONG)
                    .ignoreExceptions()
                    .until(() -> {
                        Reply reply = project.caller().call("vadder", "39");
                        return reply.ok() && reply.result().asLong() == 42;
                    });
            assertThat(project.containers("host").get(0).log())
                    .contains("letter.jar in the actors folder is not a jar that can be read");
        } finally {
            for (String file : List.of("mine.jar", "letter.jar", "application.yaml")) {
                Files.delete(project.actors().resolve(file));
            }
            project.withExamples().restart("host");
        }
    }

    @Test
    void servesTheModelsAndSqlFilesOfAMountedFolder() throws IOException {
        Path folder = project.actors();
        try {
            new AddingModel(folder.resolve("models")).put("adds-two", "1", 2);
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(folder.resolve("data/prices.csv"), "item,price\n1,10\n2,20\n");
            new SqlFiles(folder)
                    .put(
                            "price.sql",
                            "-- @param item bigint",
                            "select query_id, price from inputs join prices using (item)");
            ready(1, 1);
            project.restart("host");
            awaitAnswer("adds-two", "[1, 2, 3]", "[3.0,4.0,5.0]");
            awaitAnswer("price", "{\"item\": 2}", "[{\"price\":20}]");
            assertThat(project.caller().call("noop", "1").ok())
                    .as("beside the examples")
                    .isTrue();
        } finally {
            for (String inner : List.of("models", "data", "sql")) {
                FileSystemUtils.deleteRecursively(folder.resolve(inner));
            }
            project.restart("host");
        }
    }

    private static void awaitAnswer(String actor, String input, String answer) {
        await(actor + " answers " + answer)
                .atMost(ComposeProject.LONG)
                .ignoreExceptions()
                .until(
                        () -> {
                            Reply reply = project.caller().call(actor, input);
                            return reply.ok() ? reply.result().toString() : reply.body();
                        },
                        answer::equals);
    }

    @Test
    void letsPrometheusFindEveryProcessByTheNameOfItsTier() {
        ready(2, 2);
        project.watch().orFail();
        Caller prometheus = new Caller(URI.create("http://127.0.0.1:" + project.prometheusPort()));
        await("each process is scraped")
                .atMost(ComposeProject.LONG)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(up(prometheus)).isEqualTo(Map.of("frontend", "1", "router", "2", "host", "2")));
        assertThat(prometheus.get("/api/v1/rules?type=alert").json().at("/data/groups"))
                .as("the rules are mounted and read")
                .isNotEmpty();
        assertThat(project.containers("prometheus").get(0).inspect(PUBLISHED).strip())
                .isEqualTo("127.0.0.1:" + project.prometheusPort());
    }

    private static Map<String, String> up(Caller prometheus) {
        Map<String, String> processes = new HashMap<>();
        for (JsonNode sample : prometheus
                .get("/api/v1/query?query=sum%20by%20(job)%20(up)")
                .json()
                .at("/data/result")) {
            processes.put(
                    sample.at("/metric/job").asString(), sample.at("/value/1").asString());
        }
        return processes;
    }

    private static void ready(int routers, int hosts) {
        project.up(routers, hosts).orFail();
        project.awaitReady();
    }

    private static double worked(Container router) {
        return router.metrics().sum("sluice_queries_total", "actor=\"vadder\"");
    }

    private static String secret() {
        return project.containers("router")
                .get(0)
                .exec("cat", "/run/sluice/cluster-secret")
                .orFail()
                .output();
    }
}
