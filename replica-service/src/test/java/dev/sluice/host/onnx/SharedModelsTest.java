package dev.sluice.host.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferReader;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferRequests;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.onnx.testing.ModelKit;
import dev.sluice.host.onnx.testing.Preparations;
import dev.sluice.host.onnx.testing.Preparations.Floats;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real models with known answers, of a folder that SLUICE_MODELS_DIR names: each model in a folder of its own, and what they gave
 * elsewhere in cases/cases.json.
 */
class SharedModelsTest {

    private static final double TOLERANCE = 1e-3;
    private static Path models = Path.of("");
    private static JsonNode cases = JsonMapper.shared().createObjectNode();

    @BeforeAll
    static void findModels() {
        String dir = System.getProperty("sluice.models.dir", System.getenv("SLUICE_MODELS_DIR"));
        assumeTrue(dir != null, "SLUICE_MODELS_DIR names no folder of models with cases.");
        models = Path.of(dir);
        cases = JsonMapper.shared().readTree(models.resolve("cases/cases.json").toFile());
    }

    @Test
    void filesAreOfTheirKindOneByOneAndTogether() throws IOException {
        List<String> labels = Files.readAllLines(models.resolve("magika/labels.txt"));
        Map<String, Content> queries = new LinkedHashMap<>();
        for (String file : cases.path("magika").propertyNames()) {
            queries.put(file, body(tensor("bytes", Preparations.ofFile(Files.readAllBytes(file(file))))));
        }
        try (ModelKit magika = ModelKit.of(models, "magika")) {
            assertThat(magika.description()).isEqualTo("batches along bytes dimension 0");
            inAllWays(magika, queries, (file, reply) -> {
                float[] scores = outputs(reply).get("target_label");
                JsonNode wanted = cases.path("magika").path(file);
                int best = Preparations.best(scores, 0, scores.length);
                assertThat(labels.get(best)).isEqualTo(wanted.path("label").asString());
                assertThat((double) scores[best]).isCloseTo(wanted.path("score").asDouble(), within(TOLERANCE));
            });
        }
    }

    @Test
    void linesAreReadOneByOneAndTogether() throws IOException {
        Map<String, Content> queries = new LinkedHashMap<>();
        for (String file : cases.path("ppocr-rec").propertyNames()) {
            queries.put(file, body(tensor("x", Preparations.ofLine(file(file)))));
        }
        try (ModelKit reader = ModelKit.of(models, "ppocr-rec")) {
            assertThat(reader.description()).isEqualTo("batches along x dimension 0");
            String alphabet = reader.actor()
                    .call("metadata", (Object) "")
                    .path("metadata")
                    .path("character")
                    .asString();
            inAllWays(
                    reader,
                    queries,
                    (file, reply) -> assertThat(Preparations.read(outputs(reply).get("softmax_11.tmp_0"), alphabet))
                            .isEqualTo(cases.path("ppocr-rec")
                                    .path(file)
                                    .path("read")
                                    .asString()));
        }
    }

    @Test
    void directionsAreTheSameOneByOneAndTogether() throws IOException {
        Map<String, Content> queries = new LinkedHashMap<>();
        for (String file : cases.path("ppocr-rec").propertyNames()) {
            queries.put(file, body(tensor("x", Preparations.ofLine(file(file)))));
        }
        try (ModelKit turned = ModelKit.of(models, "ppocr-cls")) {
            Map<String, float[]> alone = new LinkedHashMap<>();
            queries.forEach((file, body) -> alone.put(
                    file, outputs(turned.bodies(List.of(body)).get(0)).get("save_infer_model/scale_0.tmp_1")));
            inAllWays(
                    turned,
                    queries,
                    (file, reply) -> assertThat(outputs(reply).get("save_infer_model/scale_0.tmp_1"))
                            .containsExactly(alone.get(file), within((float) TOLERANCE)));
        }
    }

    /** Several streams at once, each at another place, so that a batch has states of many. */
    @Test
    void speechIsFoundOneByOneAndTogether() throws IOException {
        float[] sound = Preparations.ofSound(file("speech.wav"));
        JsonNode wanted = cases.path("silero-vad").path("speech.wav");
        try (ModelKit vad = ModelKit.of(models, "silero-vad")) {
            assertThat(vad.description()).isEqualTo("batches along input dimension 0, state dimension 1, sr shared");
            for (int streams : List.of(1, 5)) {
                List<float[]> states = new ArrayList<>(Collections.nCopies(streams, new float[256]));
                for (int step = 0; step < wanted.size() + streams - 1; step++) {
                    List<Integer> taking = new ArrayList<>();
                    List<Content> bodies = new ArrayList<>();
                    for (int stream = 0; stream < streams; stream++) {
                        int chunk = step - stream;
                        if (chunk >= 0 && chunk < wanted.size()) {
                            taking.add(stream);
                            bodies.add(speech(sound, chunk, states.get(stream)));
                        }
                    }
                    List<Reply> replies = vad.bodies(bodies);
                    for (int i = 0; i < taking.size(); i++) {
                        Map<String, float[]> outputs = outputs(replies.get(i));
                        assertThat((double) outputs.get("output")[0])
                                .as("stream %d, chunk %d", taking.get(i), step - taking.get(i))
                                .isCloseTo(wanted.path(step - taking.get(i)).asDouble(), within(TOLERANCE));
                        states.set(taking.get(i), outputs.get("stateN"));
                    }
                }
            }
        }
    }

    private static Content speech(float[] sound, int chunk, float[] state) {
        return body(
                tensor("input", new Floats(new long[] {1, 576}, Preparations.chunk(sound, chunk))),
                tensor("state", new Floats(new long[] {2, 1, 128}, state)),
                new Tensor("sr", DataType.INT64, new long[0], Unpooled.buffer().writeLongLE(16_000)));
    }

    private interface Check {
        void holds(String file, Reply reply);
    }

    /** Alone, and in batches of all sizes of queries in any order. */
    private static void inAllWays(ModelKit model, Map<String, Content> queries, Check check) {
        queries.forEach(
                (file, body) -> check.holds(file, model.bodies(List.of(body)).get(0)));
        Random random = new Random(7);
        List<String> files = List.copyOf(queries.keySet());
        for (int size = 2; size <= 12; size++) {
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                batch.add(files.get(random.nextInt(files.size())));
            }
            List<Reply> replies = model.bodies(batch.stream().map(queries::get).toList());
            for (int i = 0; i < size; i++) {
                check.holds(batch.get(i), replies.get(i));
            }
        }
    }

    private static Path file(String name) {
        return models.resolve("cases/files").resolve(name);
    }

    private static Tensor tensor(String name, Floats floats) {
        ByteBuf data = Unpooled.buffer();
        for (float value : floats.values()) {
            data.writeFloatLE(value);
        }
        return new Tensor(name, DataType.FP32, floats.shape(), data);
    }

    private static Tensor tensor(String name, int[] row) {
        ByteBuf data = Unpooled.buffer();
        for (int value : row) {
            data.writeIntLE(value);
        }
        return new Tensor(name, DataType.INT32, new long[] {1, row.length}, data);
    }

    private static Content body(Tensor... inputs) {
        InferResult request = InferRequests.binary(List.of(inputs), UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = ByteBufUtil.getBytes(request.body());
        request.body().release();
        return new Content(bytes, request.mediaType());
    }

    /** Read as a request is: "outputs" and "inputs" have the same members. */
    private static Map<String, float[]> outputs(Reply reply) {
        Content content = reply.content();
        int length = Integer.parseInt(content.mediaType().replaceFirst(".*json-length=", ""));
        String json =
                new String(content.bytes(), 0, length, StandardCharsets.UTF_8).replace("\"outputs\"", "\"inputs\"");
        ByteBuf body = Unpooled.buffer();
        body.writeCharSequence(json, StandardCharsets.UTF_8);
        String type = "application/octet-stream;json-length=" + body.readableBytes();
        body.writeBytes(content.bytes(), length, content.bytes().length - length);
        InferRequest read = new InferReader(UnpooledByteBufAllocator.DEFAULT).read(body, type, List.of());
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (Tensor output : read.inputs()) {
            float[] values = new float[(int) output.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = output.data().getFloatLE(output.data().readerIndex() + i * Float.BYTES);
            }
            outputs.put(output.name(), values);
        }
        read.release();
        body.release();
        return outputs;
    }
}
