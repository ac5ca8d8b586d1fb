package dev.sluice.cli.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * The last moment of a start: hosts that are ready have announced their actors, and the frontends hear of it from the routers
 * a moment later. Whoever calls one right after the start should find it.
 */
final class Publishing {

    private static final Duration MOST = Duration.ofSeconds(5);
    private static final String NONE = "\"actors\":[]";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MOST)
            .build();

    /** Returns when every frontend lists an actor, or after a few seconds: there may be none to list. */
    void await(List<URI> frontends) {
        long start = System.nanoTime();
        for (URI frontend : frontends) {
            while (listsNone(frontend) && System.nanoTime() - start < MOST.toNanos()) {
                if (!Pause.of(StartUp.GLANCE)) {
                    return;
                }
            }
        }
    }

    private boolean listsNone(URI frontend) {
        HttpRequest request = HttpRequest.newBuilder(frontend.resolve("/"))
                .header("Accept", "application/json")
                .timeout(MOST)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    && response.body().replaceAll("\\s", "").contains(NONE);
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
