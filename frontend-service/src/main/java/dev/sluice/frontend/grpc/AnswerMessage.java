package dev.sluice.frontend.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.model.ModelAnswer;
import inference.ModelInferResponse;
import inference.ModelInferResponse.InferOutputTensor;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** A host's answer as a message, whose raw contents are the answer's own bytes: it is good for as long as the answer's body is. */
final class AnswerMessage {

    private AnswerMessage() {}

    /**
     * @param id of the request, repeated as it came
     * @throws QueryException {@code FAILED} for what is no answer of this protocol
     */
    static ModelInferResponse.Builder of(Answer answer, String id) {
        ModelAnswer read = ModelAnswer.of(answer);
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(read.name())
                .setModelVersion(read.version())
                .setId(id);
        for (Tensor output : read.outputs()) {
            message.addOutputs(head(output));
            message.addRawOutputContents(bytes(output.data()));
        }
        return message;
    }

    private static InferOutputTensor head(Tensor output) {
        InferOutputTensor.Builder tensor = InferOutputTensor.newBuilder()
                .setName(output.name())
                .setDatatype(output.type().name());
        for (long size : output.shape()) {
            tensor.addShape(size);
        }
        return tensor.build();
    }

    static ByteString bytes(ByteBuf data) {
        ByteString all = ByteString.EMPTY;
        for (ByteBuffer part : data.nioBuffers()) {
            all = all.concat(UnsafeByteOperations.unsafeWrap(part));
        }
        return all;
    }
}
