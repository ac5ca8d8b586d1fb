package dev.sluice.cli.status;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.ClusterSecret;
import dev.sluice.cli.platform.ProcessRecord;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the routers' actuator endpoints say. A router that does not answer, or nonsense, counts as saying nothing. */
final class RouterReports {

    private static final Duration MOST = Duration.ofSeconds(5);

    private static final Comparator<JsonNode> BY_NAME = Comparator.comparing((JsonNode row) ->
                    row.path("name").asString("") + row.path("actor").asString(""))
            .thenComparing(row -> row.path("method").asString(""))
            .thenComparing(row -> row.path("host").asString(""));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MOST)
            .build();
    private final List<ProcessRecord> routers;

    RouterReports(List<ProcessRecord> routers) {
        this.routers = routers;
    }

    /** The rows of the first router that has any. */
    List<JsonNode> anyOf(String endpoint) {
        for (ProcessRecord router : routers) {
            List<JsonNode> rows = rows(router, endpoint);
            if (!rows.isEmpty()) {
                return rows;
            }
        }
        return List.of();
    }

    /** The rows of all routers, each told whose it is. */
    List<JsonNode> allOf(String endpoint) {
        List<JsonNode> all = new ArrayList<>();
        for (ProcessRecord router : routers) {
            for (JsonNode row : rows(router, endpoint)) {
                if (row instanceof ObjectNode object) {
                    object.put("router", router.name());
                }
                all.add(row);
            }
        }
        return all;
    }

    private List<JsonNode> rows(ProcessRecord router, String endpoint) {
        HttpRequest request = ClusterSecret.proved(router.url().resolve("/actuator/" + endpoint))
                .header("Accept", "application/json")
                .timeout(MOST)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            ClusterSecret.mustHaveBeenRight(response);
            return response.statusCode() == 200 ? rows(Json.read(response.body()), endpoint) : List.of();
        } catch (IOException | JacksonException saysNothing) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** An array, or an object that holds one under the endpoint's name. */
    private static List<JsonNode> rows(JsonNode report, String endpoint) {
        JsonNode array = report.isArray() ? report : report.path(endpoint);
        List<JsonNode> rows = new ArrayList<>();
        array.forEach(rows::add);
        rows.sort(BY_NAME);
        return rows;
    }
}
