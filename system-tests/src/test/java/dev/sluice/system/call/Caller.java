package dev.sluice.system.call;

import dev.sluice.system.site.Site;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls actors through one frontend. Thread-safe. */
public final class Caller {

    /** Longer than any SLO but those that a test asks for, so that running into it means that a query hung. */
    private static final Duration HUNG = Duration.ofSeconds(90);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(HUNG)
            .build();

    private final URI frontend;

    public Caller(URI frontend) {
        this.frontend = frontend;
    }

    public URI frontend() {
        return frontend;
    }

    /** @param target actor or actor/method */
    public Reply call(String target, String inputJson) {
        return joined(callLater(target, inputJson));
    }

    public Reply call(String target, String inputJson, Duration slo) {
        return joined(callLater(target, inputJson, slo));
    }

    public CompletableFuture<Reply> callLater(String target, String inputJson) {
        return post(target, "{\"input\": " + inputJson + "}", HUNG);
    }

    public CompletableFuture<Reply> callLater(String target, String inputJson, Duration slo) {
        String body = "{\"input\": " + inputJson + ", \"slo_ms\": " + slo.toMillis() + "}";
        return post(target, body, longer(slo, HUNG));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** A body that is the whole request. */
    public CompletableFuture<Reply> post(String target, String json, Duration most) {
        HttpRequest request = request(target, "application/json")
                .timeout(most)
                .POST(BodyPublishers.ofString(json))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Caller::reply);
    }

    /** A body that is the input as it is. */
    public HttpResponse<byte[]> bytes(String target, HttpRequest.BodyPublisher input) {
        return joined(bytesLater(target, input));
    }

    public CompletableFuture<HttpResponse<byte[]>> bytesLater(String target, HttpRequest.BodyPublisher input) {
        return bytesLater(target, input, Duration.ofSeconds(80));
    }

    public CompletableFuture<HttpResponse<byte[]>> bytesLater(
            String target, HttpRequest.BodyPublisher input, Duration slo) {
        HttpRequest request = request(target, "application/octet-stream")
                .timeout(longer(slo, HUNG))
                .header("Sluice-Slo-Ms", Long.toString(slo.toMillis()))
                .POST(input)
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofByteArray());
    }

    /** As an operator, who knows the secret: beyond health Actuator tells nothing to others. */
    public Reply get(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(frontend.resolve(path)).timeout(HUNG);
        if (path.startsWith("/actuator/")) {
            builder.header("Authorization", "Bearer " + Site.SECRET);
        }
        return send(builder.build());
    }

    /** As anybody who reaches the port. */
    public Reply getAsAnybody(String path) {
        return send(HttpRequest.newBuilder(frontend.resolve(path)).timeout(HUNG).build());
    }

    private static Reply send(HttpRequest request) {
        return joined(HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Caller::reply));
    }

    private HttpRequest.Builder request(String target, String mediaType) {
        return HttpRequest.newBuilder(frontend.resolve("/" + target)).header("Content-Type", mediaType);
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    /** All of these, in their order. */
    public static List<Reply> all(Collection<CompletableFuture<Reply>> replies) {
        return replies.stream().map(Caller::joined).toList();
    }

    public static <T> T joined(CompletableFuture<T> reply) {
        try {
            return reply.join();
        } catch (CompletionException e) {
            throw new CallFailed(e.getCause() == null ? e : e.getCause());
        }
    }

    /** A caller got neither an answer nor a problem. */
    public static final class CallFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CallFailed(Throwable cause) {
            super("No response: " + cause, cause);
        }
    }
}
