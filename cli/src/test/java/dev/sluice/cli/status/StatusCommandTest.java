package dev.sluice.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.cli.Run;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.OsProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StatusCommandTest {

    private static final Map<String, String> REPORTS = Map.of(
            "/actuator/health/readiness",
            "{\"status\":\"UP\"}",
            "/actuator/actors",
            "[{\"name\":\"vadder\",\"version\":\"1\",\"methods\":[{\"name\":\"call\"}],\"hosts\":[\"host-0\"],\"replicas\":2}]",
            "/actuator/replicas",
            "[{\"actor\":\"vadder\",\"version\":\"1\",\"host\":\"host-0\",\"state\":\"READY\",\"new\":{\"x\":1}}]",
            "/actuator/pipelines",
            "[{\"name\":\"ticket\",\"version\":\"1\",\"running\":4,\"steps\":[{\"name\":\"clean\"},{\"name\":\"decide\"}]}]",
            "/actuator/queues",
            "{\"queues\":[{\"actor\":\"vadder\",\"method\":\"call\",\"size\":3,\"bytes\":3072}]}");

    @TempDir
    private Path project;

    private HttpServer router;

    @BeforeEach
    void startRouter() throws IOException {
        router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        REPORTS.forEach((path, report) -> router.createContext(path, exchange -> {
            byte[] body = report.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }));
        router.start();
        record("router-0", "ROUTER", router.getAddress().getPort());
    }

    @AfterEach
    void stopRouter() {
        router.stop(0);
    }

    @Test
    void showsProcessesActorsReplicasPipelinesAndQueues() {
        Run run = Run.in(project, "status");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("router-0 +\\d+ +\\d+ +ready +\\d+ MB")
                .containsPattern("vadder +1 +call +host-0 +2")
                .containsPattern("vadder +1 +host-0 +READY")
                .containsPattern("ticket +1 +router-0 +4 +clean, decide")
                .containsPattern("vadder +call +router-0 +3 +3 kB")
                .contains("resident together: ");
    }

    @Test
    void givesProgramsTheRoutersOwnWords() {
        JsonNode status = Json.read(Run.in(project, "status", "--json").out());

        assertThat(status.at("/processes/0/name").asString()).isEqualTo("router-0");
        assertThat(status.at("/processes/0/resident_bytes").asLong()).isPositive();
        assertThat(status.at("/replicas/0/new/x").asInt()).isEqualTo(1);
        assertThat(status.at("/pipelines/0/steps/1/name").asString()).isEqualTo("decide");
        assertThat(status.at("/queues/0/router").asString()).isEqualTo("router-0");
    }

    @Test
    void showsWhatItKnowsWhereARouterDoesNotAnswer() throws IOException {
        router.stop(0);
        record("frontend-0", "FRONTEND", 1);

        Run run = Run.in(project, "status");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("frontend-0", "router-0", "not ready").doesNotContain("ACTOR");
    }

    @Test
    void endsWith1WhereNothingRuns() {
        assertThat(Run.in(project.resolve("elsewhere"), "status"))
                .isEqualTo(new Run(1, "", "Sluice is not up here: ./sluice up starts it.\n"));
        assertThat(Run.in(project.resolve("elsewhere"), "status", "--json").exit())
                .isEqualTo(1);
    }

    private void record(String name, String tier, int port) throws IOException {
        OsProcess us = OsProcess.current();
        Path run = Files.createDirectories(project.resolve(".sluice/run"));
        String started = us.startedAt().toString().replace(":", "\\:");
        Files.writeString(
                run.resolve(name + ".pid"),
                "pid=" + us.pid() + "\nstarted=" + started + "\nname=" + name + "\ntier=" + tier + "\nport=" + port
                        + "\n");
    }
}
