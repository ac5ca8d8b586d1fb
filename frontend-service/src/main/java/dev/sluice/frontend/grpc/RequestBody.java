package dev.sluice.frontend.grpc;

import com.google.protobuf.ByteString;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.frontend.query.QueryOptions;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's message as one body. Raw contents are the message's own bytes, not copies.
 *
 * @param bytes JSON, then the inputs' data in order; or what the request says that it is
 * @param mediaType of the bytes
 */
record RequestBody(ByteBuf bytes, String mediaType) {

    /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} where contents are missing, or there twice */
    static RequestBody of(ModelInferRequest request, ByteBufAllocator allocator) {
        String mediaType = MediaBody.mediaType(request);
        return mediaType == null ? tensors(request, allocator) : new RequestBody(MediaBody.bytes(request), mediaType);
    }

    private static RequestBody tensors(ModelInferRequest request, ByteBufAllocator allocator) {
        boolean raw = request.getRawInputContentsCount() > 0;
        if (raw && request.getRawInputContentsCount() != request.getInputsCount()) {
            throw QueryOptions.invalid("There are " + request.getInputsCount() + " inputs and "
                    + request.getRawInputContentsCount() + " raw_input_contents; each input takes one, in order.");
        }
        List<ByteBuf> data = new ArrayList<>(request.getInputsCount());
        ByteBuf json = allocator.buffer();
        boolean complete = false;
        try {
            for (int i = 0; i < request.getInputsCount(); i++) {
                InferInputTensor input = request.getInputs(i);
                data.add(raw ? raw(input, request.getRawInputContents(i)) : TypedContents.bytes(input, allocator));
            }
            RequestJson.write(request, data, json);
            complete = true;
        } finally {
            if (!complete) {
                json.release();
                data.forEach(ByteBuf::release);
            }
        }
        int jsonLength = json.readableBytes();
        CompositeByteBuf whole = allocator.compositeBuffer(Integer.MAX_VALUE).addComponent(true, json);
        data.forEach(each -> whole.addComponent(true, each));
        return new RequestBody(whole, InferMedia.binary(jsonLength));
    }

    private static ByteBuf raw(InferInputTensor input, ByteString contents) {
        if (input.hasContents() && input.getContents().getSerializedSize() > 0) {
            throw QueryOptions.invalid(
                    "The input '" + input.getName() + "' has contents beside raw_input_contents; send one of the two.");
        }
        return Unpooled.wrappedBuffer(contents.asReadOnlyByteBufferList().toArray(new ByteBuffer[0]));
    }
}
