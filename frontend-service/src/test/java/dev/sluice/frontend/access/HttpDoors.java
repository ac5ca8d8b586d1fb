package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The ways in over HTTP. */
public final class HttpDoors {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String INFER =
            "{\"inputs\": [{\"name\": \"input\", \"datatype\": \"INT64\", \"shape\": [1], \"data\": [1]}]}";
    private static final String NATIVE = "{\"input\": 1}";
    private static final String TEXT = "{\"text_input\": 1}";

    private final int port;

    public HttpDoors(int port) {
        this.port = port;
    }

    public List<Door> all() {
        return List.of(
                new Door("native HTTP", (shown, actor) -> post("/" + actor, NATIVE, shown)),
                new Door(
                        "native HTTP, X-API-Key",
                        (shown, actor) -> post("/" + actor, NATIVE, shown, "X-API-Key", "*/*")),
                new Door(
                        "native HTTP, events",
                        (shown, actor) -> post("/" + actor, NATIVE, shown, "Authorization", "text/event-stream")),
                new Door("OIP over HTTP", (shown, actor) -> post("/v2/models/" + actor + "/infer", INFER, shown)),
                new Door("OIP, generate", (shown, actor) -> post("/v2/models/" + actor + "/generate", TEXT, shown)),
                new Door(
                        "OIP, generate_stream",
                        (shown, actor) -> post("/v2/models/" + actor + "/generate_stream", TEXT, shown)),
                new Door("WebSocket", this::webSocket));
    }

    private Door.Heard post(String path, String body, Door.Shown shown) {
        return post(path, body, shown, "Authorization", "*/*");
    }

    private Door.Heard post(String path, String body, Door.Shown shown, String header, String accept) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .header("traceparent", Door.TRACEPARENT);
        show(request::header, shown, header);
        HttpResponse<String> response =
                send(request.POST(BodyPublishers.ofString(body)).build());
        if (response.statusCode() == 401) {
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"sluice\"");
        }
        if (response.statusCode() == 429) {
            assertThat(response.headers().firstValue("Retry-After").orElseThrow())
                    .matches("[1-9][0-9]*");
        }
        if (response.statusCode() != 200) {
            return code(response);
        }
        // An event may be an error.
        return Door.byText(response.body(), "");
    }

    private static Door.Heard code(HttpResponse<?> response) {
        return new Door.Heard(
                response.headers().firstValue("Sluice-Code").orElse("status " + response.statusCode()),
                response.statusCode() + " " + response.headers().map() + " " + response.body());
    }

    private interface Headers {
        void add(String name, String value);
    }

    private static void show(Headers headers, Door.Shown shown, String header) {
        if (shown.secret() != null) {
            headers.add(header, (header.equals("Authorization") ? "Bearer " : "") + shown.secret());
        }
        if (shown.tenant() != null) {
            headers.add("Sluice-Tenant", shown.tenant());
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Door.Heard webSocket(Door.Shown shown, String actor) {
        CompletableFuture<String> reply = new CompletableFuture<>();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        show(builder::header, shown, "Authorization");
        WebSocket socket;
        try {
            socket = builder.buildAsync(
                            URI.create("ws://127.0.0.1:" + port + "/" + actor + "/stream"), new Replies(reply))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
            return code(((WebSocketHandshakeException) e.getCause()).getResponse());
        }
        socket.sendText("{\"id\": \"1\", \"input\": 1, \"traceparent\": \"" + Door.TRACEPARENT + "\"}", true);
        String text = reply.orTimeout(60, TimeUnit.SECONDS).join();
        socket.abort();
        return Door.byText(text, "\"success\": true");
    }

    private record Replies(CompletableFuture<String> first) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            first.complete(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
        }
    }
}
