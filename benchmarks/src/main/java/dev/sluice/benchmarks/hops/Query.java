package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.Exchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The query that both sides are asked, in the JSON envelope of the native HTTP API. */
public final class Query {

    /** Null in, null out: an echo and a no-op actor give the same answer. */
    static final String BODY = "{\"input\":null,\"slo_ms\":30000}";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 50;
    private static final int DEFAULT_PORT = 80;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private Query() {}

    /** As {@link #prepare(URI, Duration)}, of what has to answer at once. */
    static Exchange prepare(URI url) throws IOException, InterruptedException {
        return prepare(url, Duration.ZERO);
    }

    /**
     * Asks until the answer is right, and from then on expects that answer to the byte.
     *
     * @param settling how long wrong answers are borne: right after its start a platform may not know its actors yet
     * @throws IOException if nobody answers, or still wrongly; the message says what came
     */
    public static Exchange prepare(URI url, Duration settling) throws IOException, InterruptedException {
        long end = System.nanoTime() + settling.toNanos();
        while (true) {
            HttpResponse<byte[]> reply = ask(url);
            if (reply.statusCode() == 200 && right(url, reply.body())) {
                return new Exchange(address(url), bytes(url), reply.body());
            }
            if (System.nanoTime() - end >= 0) {
                throw new IOException(url + " should answer success and a null result, but answered "
                        + reply.statusCode() + ": " + new String(reply.body(), StandardCharsets.UTF_8));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static HttpResponse<byte[]> ask(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static boolean right(URI url, byte[] body) {
        try {
            JsonNode answer = JsonMapper.shared().readTree(body);
            String actor = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
            return answer.path("success").asBoolean(false)
                    && answer.path("actor").asString("").equals(actor)
                    && answer.path("result").isNull();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static InetSocketAddress address(URI url) {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
    }

    private static byte[] bytes(URI url) {
        String head = "POST " + url.getRawPath() + " HTTP/1.1\r\n"
                + "Host: " + url.getAuthority() + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + BODY.length() + "\r\n\r\n";
        return (head + BODY).getBytes(StandardCharsets.US_ASCII);
    }
}
