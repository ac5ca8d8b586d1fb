package dev.sluice.common.tensor;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferRequest.Form;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Reads what a caller asks of a model: a body of the Open Inference Protocol, with or without binary data, or plain JSON. Elements go
 * from the body into direct memory, without Java arrays between; binary data is not copied at all. Thread-safe.
 */
public final class InferReader {

    private final ByteBufAllocator allocator;

    /** @param allocator of the data of tensors that come as JSON */
    public InferReader(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Reads a body. One that says how long its JSON part is, is the protocol's own request and nothing else.
     *
     * @param body read without moving its indices; binary tensors are slices that retain it
     * @param mediaType of the body
     * @param declared the model's inputs: the types of what comes as plain JSON
     * @return a request whose tensors the caller releases; that they are what the model takes is for {@link InputCheck} to say
     * @throws QueryException with {@code INVALID_INPUT} and a sentence for the caller
     */
    public InferRequest read(ByteBuf body, String mediaType, List<TensorSpec> declared) {
        if (body.readableBytes() == 0) {
            throw Invalid.input("The input is empty; the model takes " + declared + ".");
        }
        if (!InferMedia.isBinary(mediaType)) {
            return json(body, Unpooled.EMPTY_BUFFER, declared, false);
        }
        OptionalInt length = InferMedia.jsonLength(mediaType);
        if (length.isEmpty() || length.getAsInt() == 0) {
            return new InferRequest(Form.RAW, "", List.of(RawInput.of(body, declared)), List.of(), true);
        }
        int jsonLength = length.getAsInt();
        if (jsonLength > body.readableBytes()) {
            throw Invalid.input("The JSON part is to have " + jsonLength + " bytes, and the whole input has "
                    + body.readableBytes() + ".");
        }
        ByteBuf binary = body.slice(body.readerIndex() + jsonLength, body.readableBytes() - jsonLength);
        return json(body.slice(body.readerIndex(), jsonLength), binary, declared, true);
    }

    private InferRequest json(ByteBuf text, ByteBuf binary, List<TensorSpec> declared, boolean requests) {
        RequestBuilder request = new RequestBuilder(allocator, declared, requests);
        boolean complete = false;
        try (JsonParser json = InferJson.parser(text)) {
            InferRequest read = request.read(json, binary);
            complete = true;
            return read;
        } catch (JacksonException e) {
            throw InferJson.notJson(e);
        } finally {
            if (!complete) {
                request.release();
            }
        }
    }
}
