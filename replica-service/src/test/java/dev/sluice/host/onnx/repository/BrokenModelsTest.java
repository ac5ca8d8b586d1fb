package dev.sluice.host.onnx.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.host.onnx.actor.BatchThreads;
import dev.sluice.host.onnx.actor.Interrupts;
import dev.sluice.host.onnx.actor.ModelContext;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.session.NativeObjects;
import dev.sluice.host.onnx.testing.Graph;
import dev.sluice.host.onnx.testing.ModelKit;
import dev.sluice.sdk.actor.InvalidActorException;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be loaded says why, and leaves nothing in memory. */
class BrokenModelsTest {

    private final NativeObjects counted = new NativeObjects();
    private final Interrupts interrupts = new Interrupts();
    private final ModelContext context = new ModelContext(
            UnpooledByteBufAllocator.DEFAULT,
            counted,
            ModelKit.ONE_THREAD,
            32,
            ModelKit.MOST_RESULT_BYTES,
            new BatchThreads(Runnable::run, interrupts));

    @TempDir
    private Path models;

    @AfterEach
    void leftNothingOpen() {
        interrupts.close();
        assertThat(counted.sessions()).isZero();
        assertThat(counted.values()).isZero();
    }

    @Test
    void aFileThatIsNoModel() throws IOException {
        write("this is no model".getBytes(StandardCharsets.UTF_8));
        assertThat(refusal())
                .startsWith("The model cannot be loaded from model.onnx: ")
                .contains("Protobuf parsing failed");
        write(new byte[0]);
        assertThat(refusal()).startsWith("The model cannot be loaded from model.onnx: ");
    }

    @Test
    void aModelThatIsTruncated() throws IOException {
        byte[] whole = Graph.adding(1).toBytes();
        write(Arrays.copyOf(whole, whole.length - 20));
        assertThat(refusal()).startsWith("The model cannot be loaded from model.onnx: ");
    }

    @Test
    void aKilobyteThatClaimsThreeGigabytes() {
        new Graph()
                .input("x", Graph.FLOAT, -1, 3)
                .output("y", Graph.FLOAT, -1, 3)
                .claimed("c", 250_000_000, 3)
                .node("Add", List.of("x", "c"), List.of("y"))
                .writeTo(models, "model", "1");
        assertThat(refusal()).startsWith("The model cannot be loaded from model.onnx: ");
    }

    @Test
    void weightsInAFileThatIsNotThere() {
        new Graph()
                .input("x", Graph.FLOAT, -1, 3)
                .output("y", Graph.FLOAT, -1, 3)
                .external("c", "weights.bin", 3_000_000_000L, 250_000_000, 3)
                .node("Add", List.of("x", "c"), List.of("y"))
                .writeTo(models, "model", "1");
        assertThat(refusal()).contains("weights.bin");
    }

    @Test
    void weightsInAFileOutsideTheFolder() throws IOException {
        Files.write(models.resolve("secret"), new byte[12]);
        new Graph()
                .input("x", Graph.FLOAT, -1, 3)
                .output("y", Graph.FLOAT, -1, 3)
                .external("c", "../../secret", 12, 3)
                .node("Add", List.of("x", "c"), List.of("y"))
                .writeTo(models, "model", "1");
        assertThat(refusal()).startsWith("The model cannot be loaded from model.onnx: ");
    }

    @Test
    void anOperatorThatThereIsNot() {
        new Graph()
                .input("x", Graph.FLOAT, -1)
                .output("y", Graph.FLOAT, -1)
                .node("Frobnicate", List.of("x"), List.of("y"))
                .writeTo(models, "model", "1");
        assertThat(refusal()).contains("Frobnicate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-batch-sise: 3                  | config.yaml: max-batch-sise is unknown. Did you mean max-batch-size?
            max-batch-size: 0                  | config.yaml: max-batch-size is 0. Write a whole number from 1 to 65535.
            threads: {intra: many}             | config.yaml: threads: intra is many. Write a whole number.
            optimisation: some                 | config.yaml: optimisation is some. Write none, basic, extended or all.
            provider: abacus                   | The execution provider is 'abacus', and this build of ONNX Runtime has [cpu
            inputs: {z: {batch-dimension: 0}}  | The model's config names an input 'z', and the model has [x].
            inputs: {x: {batch-dimension: 2}}  | The model's config says batch-dimension 2 of 'x', which is x FP32[-1,3] in the model.
            inputs: {x: {pad: {dimension: 9}}} | The model's config says pad along dimension 9 of 'x', which is x FP32[-1,3] in the model.
            inputs: {x: {sample-shape: [3]}}   | The model's config says sample-shape [3] of 'x', which is x FP32[-1,3] in the model.
            inputs: 3                          | config.yaml: inputs is no mapping of names to values.
            'inputs: ['                        | config.yaml:1 is no YAML:
            """)
    void aConfigThatIsWrong(String config, String sentence) throws IOException {
        Graph.adding(1).writeTo(models, "model", "1");
        Files.writeString(models.resolve("model/config.yaml"), config);
        assertThat(refusal()).startsWith(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: "other"                                           | config.pbtxt: name is 'other', and the folder of the model is 'model'. Give both the same.
            max_batch_size: many                                    | config.pbtxt: max_batch_size is many. Write a whole number.
            input [ { name: "x" data_type: TYPE_INT8 dims: [3] } ]  | The model's config says INT8 of 'x', which is x FP32[-1,3] in the model.
            max_batch_size: 4 input { name: "x" dims: 7 }           | The model's config says [-1,7] of 'x', which is x FP32[-1,3] in the model.
            input [                                                 | config.pbtxt:1 cannot be read: it ends in the middle.
            name: "model                                            | config.pbtxt:1 cannot be read: a string does not end.
            """)
    void aTritonConfigThatIsWrong(String config, String sentence) throws IOException {
        Graph.adding(1).writeTo(models, "model", "1");
        Files.writeString(models.resolve("model/config.pbtxt"), config);
        assertThat(refusal()).isEqualTo(sentence);
    }

    @Test
    void aTritonConfigThatIsNestedWithoutEnd() throws IOException {
        Graph.adding(1).writeTo(models, "model", "1");
        Files.writeString(models.resolve("model/config.pbtxt"), "input " + "[".repeat(50_000));
        assertThat(refusal()).isEqualTo("config.pbtxt:1 cannot be read: lists are nested too deeply.");
    }

    @Test
    void aConfigThatIsTooLarge() throws IOException {
        Graph.adding(1).writeTo(models, "model", "1");
        Files.writeString(models.resolve("model/config.yaml"), "# ".repeat(1 << 20));
        assertThat(refusal()).isEqualTo("config.yaml has more than 1048576 bytes, which no config needs.");
    }

    private void write(byte[] file) throws IOException {
        Path folder = Files.createDirectories(models.resolve("model/1"));
        Files.write(folder.resolve("model.onnx"), file);
    }

    private String refusal() {
        ModelVersion version = new ModelVersion("model", "1", models.resolve("model"), context);
        String[] message = new String[1];
        assertThatThrownBy(version::hold)
                .isInstanceOf(InvalidActorException.class)
                .satisfies(refused -> message[0] = refused.getMessage());
        return message[0];
    }
}
