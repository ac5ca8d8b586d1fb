package dev.sluice.cli.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers what the test says, the last answer to a request again and again, and keeps what it was asked. */
final class FakeRouter implements AutoCloseable {

    /** A request that is no mere look. */
    record Asked(
            String method,
            String path,
            String body,
            @Nullable String ifMatch,
            @Nullable String authorization) {}

    private record Answer(int status, String type, String etag, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeRouter() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/control/v1", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** @param request {@code GET /actors}; single quotes in the body stand for double ones */
    FakeRouter answering(String request, int status, String body) {
        return add(request, new Answer(status, "application/json", "\"7\"", body.replace('\'', '"')));
    }

    FakeRouter streaming(String request, String events) {
        return add(request, new Answer(200, "text/event-stream", "", events.replace('\'', '"')));
    }

    private FakeRouter add(String request, Answer answer) {
        answers.computeIfAbsent(request, first -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** All requests but GET. */
    List<Asked> writes() {
        return asked.stream().filter(each -> !each.method().equals("GET")).toList();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().substring("/control/v1".length());
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("If-Match"),
                    exchange.getRequestHeaders().getFirst("Authorization")));
            Deque<Answer> left = answers.get(exchange.getRequestMethod() + " " + path);
            Answer answer = left == null
                    ? new Answer(
                            404,
                            "application/problem+json",
                            "",
                            "{\"type\": \"urn:sluice:problem:not-found\", \"detail\": \"There is no such thing.\", \"nearest\": []}")
                    : left.size() > 1 ? left.remove() : left.element();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (!answer.etag().isEmpty()) {
                exchange.getResponseHeaders().set("ETag", answer.etag());
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
