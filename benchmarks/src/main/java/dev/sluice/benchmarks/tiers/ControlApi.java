package dev.sluice.benchmarks.tiers;

import dev.sluice.cli.platform.PlatformException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control API of one router. */
public final class ControlApi {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration MOST = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MOST)
            .build();
    private final URI root;

    public ControlApi(URI router) {
        this.root = router.resolve("/control/v1/");
    }

    /**
     * @param path below {@code /control/v1/}
     * @throws IOException where nobody answers
     * @throws PlatformException where it is refused, in the router's words
     */
    public JsonNode get(String path) throws IOException {
        return send("GET", path, null);
    }

    /** @param body JSON; null where there is none */
    public JsonNode send(String method, String path, @Nullable String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(MOST)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new PlatformException(
                    method + " " + request.uri() + " is answered " + response.statusCode() + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }
}
