package dev.sluice.system.protocol;

import dev.sluice.system.call.Caller;
import dev.sluice.system.site.Site;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the Open Inference Protocol over HTTP that hides nothing. */
final class Oip {

    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private static final Duration HUNG = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI frontend;

    Oip(Site site) {
        this.frontend = site.frontend(0).url();
    }

    /** @param body after the JSON, as long as the header says, the binary data */
    record Reply(int status, byte[] body, HttpResponse<byte[]> response) {

        private int jsonLength() {
            return response.headers()
                    .firstValue(JSON_LENGTH)
                    .map(Integer::parseInt)
                    .orElse(body.length);
        }

        String text() {
            return new String(body, 0, jsonLength(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(text());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Of an error, which is nothing but that. */
        String error() {
            return json().size() == 1 ? json().path("error").asString("") : "";
        }

        /** The binary data, as floats. */
        float[] floats() {
            ByteBuffer bytes = ByteBuffer.wrap(body, jsonLength(), body.length - jsonLength())
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] floats = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(floats);
            return floats;
        }
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(frontend.resolve(path)).timeout(HUNG).build());
    }

    Reply post(String path, String body, String... headers) {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply post(String path, byte[] body, String... headers) {
        return Caller.joined(postLater(path, body, headers));
    }

    CompletableFuture<Reply> postLater(String path, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(frontend.resolve(path)).timeout(HUNG).POST(BodyPublishers.ofByteArray(body));
        return later((headers.length == 0 ? request : request.headers(headers)).build());
    }

    Reply method(String method, String path) {
        return send(HttpRequest.newBuilder(frontend.resolve(path))
                .timeout(HUNG)
                .method(method, BodyPublishers.noBody())
                .build());
    }

    Reply infer(String model, String json) {
        return post("/v2/models/" + model + "/infer", json);
    }

    /** JSON, and behind it these floats. */
    Reply infer(String model, String json, float... binary) {
        return post("/v2/models/" + model + "/infer", behind(json, binary), JSON_LENGTH, length(json));
    }

    static String length(String json) {
        return Integer.toString(json.getBytes(StandardCharsets.UTF_8).length);
    }

    static byte[] behind(String json, float... binary) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(bytes(binary));
        return all.toByteArray();
    }

    static byte[] bytes(float... floats) {
        ByteBuffer bytes = ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        return bytes.array();
    }

    private static Reply send(HttpRequest request) {
        return Caller.joined(later(request));
    }

    private static CompletableFuture<Reply> later(HttpRequest request) {
        return HTTP.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(response -> new Reply(response.statusCode(), response.body(), response));
    }
}
