package dev.sluice.cli.explain;

import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.ClusterSecret;
import dev.sluice.cli.platform.ProcessRecord;
import dev.sluice.cli.platform.ServiceUrl;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What frontends remember of queries. Each knows its own; one that does not answer counts as knowing none, unless none does. */
final class FrontendReports {

    private static final URI USUAL = URI.create("http://127.0.0.1:" + Tier.FRONTEND.firstPort());
    private static final String QUERIES = "/actuator/queries";
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MOST)
            .build();

    /** By name. */
    private final Map<String, URI> frontends;

    private final @Nullable String key;

    private FrontendReports(Map<String, URI> frontends, @Nullable String key) {
        this.frontends = frontends;
        this.key = key;
    }

    /** Of the named one, or else of those that were started from this folder, or else of the usual address. */
    static FrontendReports at(@Nullable String url, @Nullable String key) {
        Map<String, URI> frontends = new LinkedHashMap<>();
        if (url != null) {
            frontends.put(url, ServiceUrl.of(url, Tier.FRONTEND));
            return new FrontendReports(frontends, key);
        }
        for (ProcessRecord process : Project.runtime().living()) {
            if (process.tier() == Tier.FRONTEND) {
                frontends.put(process.name(), process.url());
            }
        }
        if (frontends.isEmpty()) {
            frontends.put(USUAL.toString(), USUAL);
        }
        return new FrontendReports(frontends, key);
    }

    /** The newest of this id. */
    Optional<JsonNode> query(String id) {
        String path = "/" + encoded(id);
        return answers(path).stream()
                .min(Comparator.comparingDouble(query -> query.path("agoMs").asDouble(0)));
    }

    /**
     * The last and the slowest of all of them together, as one answers it.
     *
     * @param actor whose queries; null for those of all
     */
    ObjectNode queries(@Nullable String actor, int limit) {
        List<JsonNode> answers = answers("?limit=" + limit + (actor == null ? "" : "&actor=" + encoded(actor)));
        ObjectNode all = Json.mapper().createObjectNode();
        merge(
                all,
                answers,
                "last",
                limit,
                Comparator.comparingDouble(query -> query.path("agoMs").asDouble(0)));
        merge(
                all,
                answers,
                "slowest",
                limit,
                Comparator.comparingDouble(query -> -query.path("totalMs").asDouble(0)));
        return all;
    }

    private static void merge(
            ObjectNode all, List<JsonNode> answers, String list, int limit, Comparator<JsonNode> order) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode answer : answers) {
            answer.path(list).forEach(rows::add);
        }
        rows.sort(order);
        all.putArray(list).addAll(rows.subList(0, Math.min(limit, rows.size())));
    }

    /** Those that know, each told whose answer it is. */
    private List<JsonNode> answers(String path) {
        List<JsonNode> known = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        frontends.forEach((name, url) -> {
            try {
                HttpResponse<String> response = get(url.resolve(QUERIES + path));
                if (response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN) {
                    throw new CommandFailure(
                            "The frontend at " + url
                                    + " shows its queries to operators: put the cluster secret into SLUICE_CLUSTER_SECRET, or, where the"
                                    + " platform has none, give the API key or token of an operator (--key, or the variable SLUICE_KEY).");
                }
                if (response.statusCode() == OK) {
                    known.add(named(Json.read(response.body()), name));
                }
            } catch (IOException | JacksonException e) {
                silent.add(name);
            }
        });
        if (silent.size() == frontends.size()) {
            throw new CommandFailure(
                    "No frontend answers at " + frontends.values().iterator().next()
                            + ": is Sluice up? ./sluice up starts it; --url names another one.");
        }
        return known;
    }

    private static JsonNode named(JsonNode answer, String name) {
        if (answer.has("id") && answer instanceof ObjectNode query) {
            query.put("frontend", name);
        }
        for (String list : List.of("last", "slowest")) {
            answer.path(list).forEach(row -> {
                if (row instanceof ObjectNode query) {
                    query.put("frontend", name);
                }
            });
        }
        return answer;
    }

    private HttpResponse<String> get(URI url) throws IOException {
        HttpRequest.Builder request =
                ClusterSecret.proved(url).header("Accept", "application/json").timeout(MOST);
        if (key != null) {
            request.header("X-API-Key", key);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
