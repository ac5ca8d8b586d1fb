package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.call.Caller;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the binary extension of the Open Inference Protocol says, and that callers in one batch get their own. */
@ExtendWith(Sites.class)
class OipBinaryConformanceIT {

    private static final String BINARY_X = "{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\","
            + " \"parameters\": {\"binary_data_size\": 12}}";

    private Oip oip;
    private Site site;

    @BeforeEach
    void connect(@On(Shape.SPOKEN) Site spoken) {
        site = spoken;
        site.awaitPublished("adds");
        site.awaitPublished("pair");
        oip = new Oip(site);
    }

    @Test
    void binaryInputsAreAnsweredInJsonUnlessBinaryIsAskedFor() {
        Oip.Reply reply = oip.infer("adds", "{\"inputs\": [" + BINARY_X + "]}", 1, 2, 3);
        assertThat(reply.text()).contains("\"data\":[2.0,3.0,4.0]");
        assertThat(reply.header(Oip.JSON_LENGTH)).isEmpty();
    }

    @Test
    void allOutputsAreBinaryWhereTheRequestSaysSo() {
        Oip.Reply reply = oip.infer(
                "adds", "{\"parameters\": {\"binary_data_output\": true}, \"inputs\": [" + BINARY_X + "]}", 1, 2, 3);
        assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(reply.json()
                        .path("outputs")
                        .get(0)
                        .path("parameters")
                        .path("binary_data_size")
                        .asInt())
                .isEqualTo(12);
        assertThat(reply.json().path("outputs").get(0).has("data")).isFalse();
        assertThat(reply.floats()).containsExactly(2, 3, 4);
    }

    @Test
    void eachOutputIsBinaryWhereItSaysSoItself() {
        String row = "{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [3, 4]}";
        Oip.Reply reply = oip.infer(
                "pair",
                "{\"inputs\": [" + row + "], \"outputs\": [{\"name\": \"sum\"},"
                        + " {\"name\": \"product\", \"parameters\": {\"binary_data\": true}}]}");
        assertThat(reply.json().path("outputs").get(0).path("data").toString()).isEqualTo("[6.0,8.0]");
        assertThat(reply.floats()).containsExactly(9, 16);
    }

    @Test
    void aHeaderOfZeroMeansThatTheBodyIsTheOnlyInput() {
        Oip.Reply reply = oip.post("/v2/models/adds/infer", Oip.bytes(1, 2, 3, 4, 5, 6), Oip.JSON_LENGTH, "0");
        assertThat(reply.json().path("outputs").get(0).path("shape").toString()).isEqualTo("[2,3]");
        assertThat(reply.floats()).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void noRowsAreNoBytes() {
        String none = "{\"name\": \"x\", \"shape\": [0, 3], \"datatype\": \"FP32\","
                + " \"parameters\": {\"binary_data_size\": 0}}";
        Oip.Reply reply =
                oip.infer("adds", "{\"parameters\": {\"binary_data_output\": true}, \"inputs\": [" + none + "]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("outputs").get(0).path("shape").toString()).isEqualTo("[0,3]");
        assertThat(reply.floats()).isEmpty();
    }

    @Test
    void aCompressedBodyIsUnpackedFirst() throws IOException {
        String json = "{\"inputs\": [" + BINARY_X + "]}";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(Oip.behind(json, 1, 2, 3));
        }
        Oip.Reply reply = oip.post(
                "/v2/models/adds/infer",
                packed.toByteArray(),
                "Content-Encoding",
                "gzip",
                Oip.JSON_LENGTH,
                Oip.length(json));
        assertThat(reply.text()).contains("\"data\":[2.0,3.0,4.0]");
    }

    @ParameterizedTest
    @CsvSource({"8", "16", "11", "-12", "1000000"})
    void binaryDataOfAnotherLengthThanItSaysIsA400(int size) {
        Oip.Reply reply =
                oip.infer("adds", "{\"inputs\": [" + BINARY_X.replace("12", Integer.toString(size)) + "]}", 1, 2, 3);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5", "0", "100000"})
    void aHeaderThatDoesNotFitTheBodyIsA400(String length) {
        Oip.Reply reply = oip.post(
                "/v2/models/adds/infer",
                "{\"inputs\": [" + BINARY_X + "]}".replace("12", "13"),
                Oip.JSON_LENGTH,
                length);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    }

    @Test
    void callersInOneBatchEachGetTheirOwn() {
        List<CompletableFuture<Oip.Reply>> replies = IntStream.range(0, 200)
                .mapToObj(n -> {
                    String json = "{\"id\": \"" + n
                            + "\", \"parameters\": {\"binary_data_output\": true}, \"inputs\": ["
                            + BINARY_X.replace("[1, 3]", "[1, 2]").replace("12", "8") + "], \"outputs\": [{\"name\": \""
                            + (n % 2 == 0 ? "sum" : "product") + "\"}]}";
                    return oip.postLater(
                            "/v2/models/pair/infer", Oip.behind(json, n, 1), Oip.JSON_LENGTH, Oip.length(json));
                })
                .toList();
        for (int n = 0; n < replies.size(); n++) {
            Oip.Reply reply = Caller.joined(replies.get(n));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().path("id").asString()).isEqualTo(Integer.toString(n));
            assertThat(reply.json().path("outputs").size()).isEqualTo(1);
            assertThat(reply.floats())
                    .containsExactly(n % 2 == 0 ? new float[] {2f * n, 2} : new float[] {(float) n * n, 1});
        }
    }

    /** Each is answered by a result or an error, and nothing stays behind. */
    @Test
    void damagedRequestsAreAnswered() {
        Random random = new Random(8);
        String json = "{\"id\": \"d\", \"parameters\": {\"timeout\": 20000000}, \"inputs\": [" + BINARY_X + "]}";
        int refused = 0;
        for (int round = 0; round < 1_000; round++) {
            byte[] body = Oip.behind(json, 1, 2, 3);
            for (int change = random.nextInt(3); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            int length = Integer.parseInt(Oip.length(json)) + (random.nextInt(5) == 0 ? random.nextInt(9) - 4 : 0);
            Oip.Reply reply = oip.post("/v2/models/adds/infer", body, Oip.JSON_LENGTH, Integer.toString(length));
            assertThat(reply.status()).isIn(200, 400, 503, 504);
            if (reply.status() != 200) {
                refused++;
                assertThat(reply.error())
                        .as(new String(reply.body(), StandardCharsets.UTF_8))
                        .isNotEmpty();
            }
        }
        assertThat(refused).isBetween(100, 999);
        site.awaitCalm();
    }
}
