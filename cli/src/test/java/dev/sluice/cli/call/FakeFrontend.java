package dev.sluice.cli.call;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Answers every call with one answer, and keeps what it was asked. */
final class FakeFrontend implements AutoCloseable {

    static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private String description = "{}";
    private int status = 200;
    private String mediaType = JSON;
    private byte[] answer = {};
    private volatile @Nullable Asked asked;
    private volatile @Nullable String describedTo;

    record Asked(
            String path,
            String mediaType,
            String accept,
            @Nullable String slo,
            @Nullable String priority,
            @Nullable String version,
            @Nullable String authorization,
            String body) {}

    FakeFrontend() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeFrontend describing(String json) {
        description = json;
        return this;
    }

    FakeFrontend answering(int newStatus, String newMediaType, String body) {
        return answering(newStatus, newMediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    FakeFrontend answering(int newStatus, String newMediaType, byte[] body) {
        status = newStatus;
        mediaType = newMediaType;
        answer = body;
        return this;
    }

    /** What whoever asked for a description showed. */
    @Nullable String describedTo() {
        return describedTo;
    }

    Asked asked() {
        Asked last = asked;
        if (last == null) {
            throw new AssertionError("nothing was asked");
        }
        return last;
    }

    boolean wasAsked() {
        return asked != null;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                describedTo = exchange.getRequestHeaders().getFirst("Authorization");
                send(exchange, 200, JSON, description.getBytes(StandardCharsets.UTF_8));
                return;
            }
            asked = new Asked(
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Accept"),
                    exchange.getRequestHeaders().getFirst("Sluice-Slo-Ms"),
                    exchange.getRequestHeaders().getFirst("Sluice-Priority"),
                    exchange.getRequestHeaders().getFirst("Sluice-Version"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            send(exchange, status, mediaType, answer);
        }
    }

    private static void send(HttpExchange exchange, int status, String mediaType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
