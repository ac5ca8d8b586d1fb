package dev.sluice.cli.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a process whether it can serve, by its readiness group. */
public final class Readiness {

    private final Duration most;
    private final HttpClient client;

    /** @param most that an answer may take; without one, it counts as not ready */
    public Readiness(Duration most) {
        this.most = most;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(most)
                .build();
    }

    public boolean ready(URI process) {
        HttpRequest request = HttpRequest.newBuilder(process.resolve("/actuator/health/readiness"))
                .timeout(most)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
