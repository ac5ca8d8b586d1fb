package dev.sluice.cli.explain;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExplainCommandTest {

    private static final String FAST = query("fast", 1.5, 3_000, "\"OK\"", "answered", "");
    private static final String SLOW = query("slow one", 80, 90_000, "\"EXPIRED\"", "expired", "");

    @TempDir
    private Path project;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void showsWhereTheTimeOfAQueryWent() throws IOException {
        String spans = ", \"spans\": ["
                + span(-1, "frontend", "query", 0, 80, "\"attempts\": 1")
                + "," + span(0, "router", "queue", 10, 20, "")
                + "," + span(1, "host", "run", 79.9, 0.1, "\"replica\": \"r-0\", \"wayMs\": 0.2") + "]";
        frontend("frontend-0", Map.of());
        frontend(
                "frontend-1",
                Map.of("/actuator/queries/slow%20one", query("slow one", 80, 90_000, "\"EXPIRED\"", "expired", spans)));

        Run run = Run.in(project, "explain", "slow one");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("Query slow one to vadder.call (version 2) over http: expired (EXPIRED) after 80.000 ms"
                        + " of 1000.000, 2 min ago\nTrace 4bf92f3577b34da6a3ce929d0e0e4736\n")
                .contains("|########################################|")
                .contains("|     ##########                         |")
                .contains("|                                       #|")
                .containsPattern("(?m)^query +frontend-node .* 0\\.000 +80\\.000 +attempts=1$")
                .containsPattern("(?m)^  queue +router-node .* 10\\.000 +20\\.000$")
                .containsPattern("(?m)^    run +host-node .* 79\\.900 +0\\.100 +replica=r-0 wayMs=0.2$");
    }

    @Test
    void listsTheLastAndTheSlowestOfAllFrontends() throws IOException {
        frontend("frontend-0", Map.of("/actuator/queries", "{\"last\": [" + SLOW + "], \"slowest\": [" + SLOW + "]}"));
        frontend("frontend-1", Map.of("/actuator/queries", "{\"last\": [" + FAST + "], \"slowest\": [" + FAST + "]}"));

        Run run = Run.in(project, "explain", "--actor", "vadder", "-n", "5");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().map(line -> line.split("  +")[0]).toList())
                .containsExactly("LAST", "fast", "slow one", "", "SLOWEST", "slow one", "fast");
        assertThat(run.out())
                .containsPattern("slow one +vadder +call +2 +http +expired EXPIRED +80\\.000 +2 min +frontend-0");
        assertThat(run.out()).containsPattern("fast +.* frontend-1 +-\n");
        assertThat(asked).allMatch(query -> query.equals("/actuator/queries?limit=5&actor=vadder"));
        JsonNode json =
                Json.read(Run.in(project, "explain", "-n", "1", "--json").out());
        assertThat(json.path("last").size()).isEqualTo(1);
        assertThat(json.at("/slowest/0/id").asString()).isEqualTo("slow one");
        assertThat(json.at("/slowest/0/frontend").asString()).isEqualTo("frontend-0");
    }

    @Test
    void listsWhereMostOfTheTimeWent() throws IOException {
        String plain = query("plain", 80, 0, "\"OK\"", "answered", longest("run", "null", 49.6));
        String pipeline = query("pipeline", 80, 0, "\"OK\"", "answered", longest("queue", "\"score\"", 40));
        frontend(
                "frontend-0",
                Map.of("/actuator/queries", "{\"last\": [" + plain + "," + pipeline + "], \"slowest\": []}"));

        assertThat(Run.in(project, "explain").out())
                .containsPattern("plain .* frontend-0 +run 62 %\n")
                .containsPattern("pipeline .* frontend-0 +step score: queue 50 %\n");
    }

    private static String longest(String name, String step, double millis) {
        return ", \"longest\": {\"tier\": \"host\", \"name\": \"" + name + "\", \"step\": " + step + ", \"ms\": "
                + millis + "}";
    }

    @Test
    void saysWhereNothingIsKnown() throws IOException {
        frontend("frontend-0", Map.of());
        assertThat(Run.in(project, "explain", "nothing").err()).contains("No frontend remembers a query nothing");
        assertThat(Run.in(project, "explain", "nothing").exit()).isEqualTo(1);
        assertThat(Run.in(project, "explain", "--url", "http://127.0.0.1:1").err())
                .contains("No frontend answers at http://127.0.0.1:1");
    }

    private static String query(String id, double total, double ago, String code, String outcome, String more) {
        return "{\"id\": \"" + id + "\", \"traceId\": \"4bf92f3577b34da6a3ce929d0e0e4736\", \"actor\": \"vadder\","
                + " \"version\": \"2\", \"method\": \"call\", \"protocol\": \"http\", \"outcome\": \"" + outcome
                + "\", \"code\": " + code + ", \"message\": null, \"agoMs\": " + ago + ", \"totalMs\": " + total
                + ", \"sloMs\": 1000" + more + "}";
    }

    private static String span(int parent, String tier, String name, double start, double took, String attributes) {
        return "{\"parent\": " + parent + ", \"tier\": \"" + tier + "\", \"node\": \"" + tier + "-node\", \"name\": \""
                + name + "\", \"startMs\": " + start + ", \"durationMs\": " + took + ", \"attributes\": {" + attributes
                + "}}";
    }

    /** @param answers by path; all else is a 404 */
    private void frontend(String name, Map<String, String> answers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = answers.getOrDefault(exchange.getRequestURI().getRawPath(), "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        OsProcess us = OsProcess.current();
        Path run = Files.createDirectories(project.resolve(".sluice/run"));
        String started = us.startedAt().toString().replace(":", "\\:");
        Files.writeString(
                run.resolve(name + ".pid"),
                "pid=" + us.pid() + "\nstarted=" + started + "\nname=" + name + "\ntier=FRONTEND\nport="
                        + server.getAddress().getPort() + "\n");
    }
}
