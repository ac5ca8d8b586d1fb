package dev.sluice.frontend.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sluice.common.tensor.DataType;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryOptions;
import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelInferResponse.InferOutputTensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An input that is no tensor: the one string of the request's one input is a body of the media type that the parameter
 * {@code media_type} names, JSON for instance, and means what it means over native HTTP. So is the answer.
 */
final class MediaBody {

    static final String PARAMETER = "media_type";

    private static final String DATATYPE = DataType.BYTES.name();
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-~]+/[!-~]([ -~]*[!-~])?");
    private static final int MOST_CHARACTERS = 256;

    private MediaBody() {}

    /** Null where the request's inputs are tensors. */
    static @Nullable String mediaType(ModelInferRequest request) {
        InferParameter given = request.getParametersMap().get(PARAMETER);
        if (given == null) {
            return null;
        }
        String mediaType = given.getStringParam();
        if (mediaType.length() > MOST_CHARACTERS
                || !MEDIA_TYPE.matcher(mediaType).matches()) {
            throw QueryOptions.invalid("The parameter " + PARAMETER + " must be a string like application/json.");
        }
        return mediaType;
    }

    /**
     * The message's own bytes, not copies.
     *
     * @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} where they are not one string
     */
    static ByteBuf bytes(ModelInferRequest request) {
        if (request.getInputsCount() != 1
                || !request.getInputs(0).getDatatype().equals(DATATYPE)
                || request.getOutputsCount() > 0) {
            throw QueryOptions.invalid(
                    "With " + PARAMETER + " there is one input of BYTES, which is the body, and no outputs are named.");
        }
        List<ByteString> raw = request.getRawInputContentsList();
        List<ByteString> typed = request.getInputs(0).getContents().getBytesContentsList();
        if (raw.size() == 1 && typed.isEmpty()) {
            return wrapped(onlyString(raw.get(0)));
        }
        if (raw.isEmpty() && typed.size() == 1) {
            return wrapped(typed.get(0));
        }
        throw oneString();
    }

    private static ByteString onlyString(ByteString raw) {
        int start = Integer.BYTES;
        if (raw.size() < start
                || raw.substring(0, start)
                                .asReadOnlyByteBuffer()
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt()
                        != raw.size() - start) {
            throw oneString();
        }
        return raw.substring(start);
    }

    private static RuntimeException oneString() {
        return QueryOptions.invalid("With " + PARAMETER + " the input has one string, which is the body: in"
                + " raw_input_contents its length as a UINT32 and its bytes, or else in bytes_contents.");
    }

    private static ByteBuf wrapped(ByteString bytes) {
        return Unpooled.wrappedBuffer(bytes.asReadOnlyByteBufferList().toArray(new ByteBuffer[0]));
    }

    /** Good for as long as the answer's body is. */
    static ModelInferResponse.Builder answer(Answer answer) {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putInt(answer.body().readableBytes()).flip();
        return ModelInferResponse.newBuilder()
                .putParameters(
                        PARAMETER,
                        InferParameter.newBuilder()
                                .setStringParam(answer.mediaType())
                                .build())
                .addOutputs(InferOutputTensor.newBuilder()
                        .setName("output")
                        .setDatatype(DATATYPE)
                        .addShape(1))
                .addRawOutputContents(
                        UnsafeByteOperations.unsafeWrap(length).concat(AnswerMessage.bytes(answer.body())));
    }
}
