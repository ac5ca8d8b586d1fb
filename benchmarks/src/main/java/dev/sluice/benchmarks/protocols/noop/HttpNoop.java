package dev.sluice.benchmarks.protocols.noop;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.benchmarks.load.LoadGenerator;
import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP/1.1: a connection for each query under way. */
final class HttpNoop implements NoopClient {

    private final LoadGenerator generator = new LoadGenerator();
    private final String protocol;
    private final Exchange exchange;

    private HttpNoop(String protocol, Exchange exchange) {
        this.protocol = protocol;
        this.exchange = exchange;
    }

    static HttpNoop nativeHttp(URI frontend) {
        return new HttpNoop(
                "native HTTP", exchange(frontend.resolve("/" + ACTOR), "{\"input\":null}", "\"result\": null"));
    }

    static HttpNoop oip(URI frontend) {
        return new HttpNoop(
                "OIP over HTTP",
                exchange(
                        frontend.resolve("/v2/models/" + ACTOR + "/infer"),
                        "{\"inputs\":[{\"name\":\"input\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"null\"]}]}",
                        "\"data\":[\"null\"]"));
    }

    private static Exchange exchange(URI url, String body, String expected) {
        String request = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return new Exchange(
                new InetSocketAddress(url.getHost(), url.getPort()),
                request.getBytes(StandardCharsets.US_ASCII),
                (reply, from, length) -> new String(reply, from, length, StandardCharsets.UTF_8).contains(expected));
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException {
        LoadResult result = generator.run(exchange, new LoadPlan(inFlight, leadIn, measured), Arrivals.closedLoop());
        if (!result.faults().none()) {
            throw new IOException(result.faults().total() + " requests of " + protocol + " went wrong. The first: "
                    + result.faults().first());
        }
        return new Driven(result.requestsPerSecond(), result.latencyMillis(50));
    }

    @Override
    public void close() {
        // Its connections end with each drive.
    }
}
