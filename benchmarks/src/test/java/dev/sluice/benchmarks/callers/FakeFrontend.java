package dev.sluice.benchmarks.callers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers as it is told. */
final class FakeFrontend implements AutoCloseable {

    private static final Pattern INPUT = Pattern.compile("\"input\":(\\d+)");

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    private final AtomicInteger queries = new AtomicInteger();
    private final Semaphore arrived = new Semaphore(0);

    /** What is said to a query with this input. */
    interface Script {
        Said say(long input);
    }

    /** @param status 0: nothing, the connection breaks */
    record Said(int status, String body) {}

    FakeFrontend(Script script) throws IOException {
        server.createContext("/", exchange -> answer(exchange, script));
        server.start();
    }

    static FakeFrontend thatAdds() throws IOException {
        return new FakeFrontend(input -> new Said(200, "{\"success\": true, \"result\": " + (input + 1) + "}"));
    }

    private void answer(HttpExchange exchange, Script script) throws IOException {
        queries.incrementAndGet();
        arrived.release();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher input = INPUT.matcher(body);
        Said said = script.say(input.find() ? Long.parseLong(input.group(1)) : -1);
        if (said.status() > 0) {
            byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/vadder");
    }

    /** Waits until so many have come. */
    void awaitQueries(int count) {
        try {
            if (!arrived.tryAcquire(count, 1, TimeUnit.MINUTES)) {
                throw new AssertionError("only " + queries() + " queries came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int queries() {
        return queries.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
