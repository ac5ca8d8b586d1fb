package dev.sluice.frontend.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.query.FakeModels;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has no elements, or elements without content, goes both ways. */
@ExtendWith(LeakGuard.class)
class EmptyTensorsTest {

    private static final TensorSpec WORDS = new TensorSpec("x", DataType.BYTES, new long[] {-1});

    /** Two strings, each a length of 0. */
    private static final ByteString TWO_EMPTY = ByteString.copyFrom(new byte[8]);

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    @BeforeEach
    void publish() {
        TensorSignature tensors = new TensorSignature(List.of(WORDS), List.of(WORDS));
        frontend.gateway()
                .model("words", tensors, call -> FakeModels.answer(frontend.gateway(), call, WORDS, tensor -> tensor));
    }

    private static InferInputTensor.Builder words(int count) {
        return InferInputTensor.newBuilder().setName("x").setDatatype("BYTES").addShape(count);
    }

    private ModelInferResponse infer(InferInputTensor.Builder input, ByteString... raw) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName("words").addInputs(input);
        for (ByteString each : raw) {
            request.addRawInputContents(each);
        }
        return frontend.blocking().modelInfer(request.build());
    }

    @Test
    void emptyStringsAreStrings() {
        InferTensorContents contents = InferTensorContents.newBuilder()
                .addBytesContents(ByteString.EMPTY)
                .addBytesContents(ByteString.EMPTY)
                .build();
        assertThat(infer(words(2).setContents(contents)).getRawOutputContents(0))
                .isEqualTo(TWO_EMPTY);
        assertThat(infer(words(2), TWO_EMPTY).getRawOutputContents(0)).isEqualTo(TWO_EMPTY);
    }

    @Test
    void noElementsAreATensor() {
        for (ModelInferResponse response :
                new ModelInferResponse[] {infer(words(0)), infer(words(0), ByteString.EMPTY)}) {
            assertThat(response.getOutputs(0).getShapeList()).containsExactly(0L);
            assertThat(response.getRawOutputContentsList()).containsExactly(ByteString.EMPTY);
        }
    }
}
