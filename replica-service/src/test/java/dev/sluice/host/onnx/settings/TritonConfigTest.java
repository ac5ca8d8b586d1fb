package dev.sluice.host.onnx.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.host.onnx.session.RuntimeSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TritonConfigTest {

    private static ModelConfig read(String text) {
        return TritonConfig.read("config.pbtxt", text, "ocr", RuntimeSettings.USUAL);
    }

    @Test
    void readsWhatTritonUsersWrite() {
        ModelConfig config = read("""
                name: "ocr"  # as the folder
                platform: "onnxruntime_onnx"
                max_batch_size: 16
                input [
                  { name: "x", data_type: TYPE_FP32, dims: [ 3, 48, -1 ] },
                  { name: "lang", data_type: TYPE_STRING, dims: [ 1 ] }
                ]
                output { name: "probs" data_type: TYPE_FP32 dims: -1 dims: 6625 }
                dynamic_batching { preferred_batch_size: [ 4, 8 ] max_queue_delay_microseconds: 500 }
                instance_group [ { count: 2 kind: KIND_CPU } ]
                """);
        assertThat(config.maxBatchSize()).contains(16);
        assertThat(config.maxWaitMicros()).contains(500L);
        assertThat(config.batching()).isEmpty();
        assertThat(config.input("x").shape()).contains(List.of(-1L, 3L, 48L, -1L));
        assertThat(config.input("x").batchDimension()).contains(0);
        assertThat(config.input("lang").type()).contains(DataType.BYTES);
        assertThat(config.output("probs").shape()).contains(List.of(-1L, -1L, 6625L));
    }

    @Test
    void aMaximumOfNoneMeansQueryByQuery() {
        ModelConfig config = read("max_batch_size: 0 input { name: \"x\" dims: [1, 3] }");
        assertThat(config.batching()).contains(false);
        assertThat(config.maxBatchSize()).isEmpty();
        assertThat(config.input("x").shape()).contains(List.of(1L, 3L));
        assertThat(config.input("x").batchDimension()).isEmpty();
    }

    @Test
    void anEmptyFileSaysThatNothingIsBatched() {
        assertThat(read("").batching()).as("as in Triton").isEqualTo(Optional.of(false));
    }
}
