package dev.sluice.benchmarks.onnx;

import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.InferRequests;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A model behind three tiers, asked with binary tensors. */
final class ServedModel {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 200;

    /** What is measured is how much is done, so nothing is to be refused. */
    private static final String SLO_MILLIS = "600000";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ServedModel() {}

    /**
     * Asks until the model is there, which takes as long as loading it does.
     *
     * @throws IOException if it is not there in the end; the message says what came
     */
    static Exchange prepare(BenchModel model, URI url) throws IOException, InterruptedException {
        List<Tensor> query = model.query();
        InferResult request = InferRequests.binary(query, UnpooledByteBufAllocator.DEFAULT);
        query.forEach(Tensor::release);
        byte[] body = ByteBufUtil.getBytes(request.body());
        request.body().release();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<byte[]> reply = ask(url, body, request.mediaType());
            if (reply.statusCode() == 200) {
                String type = reply.headers().firstValue("content-type").orElse("");
                int jsonLength = InferMedia.jsonLength(type).orElse(reply.body().length);
                return new Exchange(
                        new InetSocketAddress(url.getHost(), url.getPort()),
                        http(url, body, request.mediaType()),
                        new NearlyEqual(reply.body(), jsonLength));
            }
            if (System.nanoTime() - end >= 0) {
                throw new IOException(url + " answers " + reply.statusCode() + ": "
                        + new String(reply.body(), StandardCharsets.UTF_8));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static HttpResponse<byte[]> ask(URI url, byte[] body, String mediaType)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", mediaType)
                .header("Sluice-Slo-Ms", SLO_MILLIS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] http(URI url, byte[] body, String mediaType) {
        byte[] head = ("POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nContent-Type: "
                        + mediaType + "\r\nSluice-Slo-Ms: " + SLO_MILLIS + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
