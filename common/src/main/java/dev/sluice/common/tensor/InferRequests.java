package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes requests, as a client does. */
public final class InferRequests {

    private InferRequests() {}

    /**
     * A request whose inputs are binary data, and whose outputs are to be.
     *
     * @param inputs not released
     */
    public static InferResult binary(List<Tensor> inputs, ByteBufAllocator allocator) {
        ByteBuf body = head(inputs, allocator);
        int jsonLength = body.readableBytes();
        inputs.forEach(input -> body.writeBytes(
                input.data(), input.data().readerIndex(), input.data().readableBytes()));
        return new InferResult(body, InferMedia.binary(jsonLength));
    }

    /**
     * Likewise, with the inputs' data as they are: slices that retain them, not copies.
     *
     * @param inputs not released
     */
    public static InferResult composed(List<Tensor> inputs, ByteBufAllocator allocator) {
        ByteBuf head = head(inputs, allocator);
        int jsonLength = head.readableBytes();
        CompositeByteBuf body = allocator.compositeBuffer(1 + inputs.size()).addComponent(true, head);
        try {
            inputs.forEach(input -> body.addComponent(true, input.data().retainedSlice()));
        } catch (RuntimeException e) {
            body.release();
            throw e;
        }
        return new InferResult(body, InferMedia.binary(jsonLength));
    }

    private static ByteBuf head(List<Tensor> inputs, ByteBufAllocator allocator) {
        ByteBuf head = allocator.buffer();
        try (JsonGenerator json = InferJson.generator(head)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("inputs");
            for (Tensor input : inputs) {
                json.writeStartObject();
                json.writeStringProperty("name", input.name());
                json.writeStringProperty("datatype", input.type().name());
                json.writeName("shape");
                json.writeArray(input.shape(), 0, input.shape().length);
                json.writeObjectPropertyStart("parameters");
                json.writeNumberProperty("binary_data_size", input.data().readableBytes());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectPropertyStart("parameters");
            json.writeBooleanProperty("binary_data_output", true);
            json.writeEndObject();
            json.writeEndObject();
        }
        return head;
    }
}
