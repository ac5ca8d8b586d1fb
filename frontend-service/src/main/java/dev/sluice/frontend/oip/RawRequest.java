package dev.sluice.frontend.oip;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/** A body that is the bytes of a model's only input gets the JSON in front that it goes without. */
final class RawRequest {

    private RawRequest() {}

    /**
     * @param body taken over, with its count; released where this throws
     * @throws QueryException {@code INVALID_INPUT} where the bytes could be several things, or nothing
     */
    static InferBody of(Model model, InferBody body) {
        try {
            List<TensorSpec> inputs = model.inputs();
            int bytes = body.bytes().readableBytes();
            if (inputs.size() != 1) {
                throw QueryOptions.invalid("The model has " + inputs.size() + " inputs, " + inputs
                        + ", so their bytes need JSON in front that tells them apart.");
            }
            TensorSpec input = inputs.get(0);
            if (input.type() != DataType.BYTES) {
                return body.behind(json(input, shape(input, bytes), bytes));
            }
            long[] one = new long[input.shape().length];
            Arrays.fill(one, 1);
            return body.behind(Unpooled.buffer(Integer.BYTES).writeIntLE(bytes))
                    .behind(json(input, one, bytes + Integer.BYTES));
        } catch (RuntimeException | Error e) {
            body.release();
            throw e;
        }
    }

    private static ByteBuf json(TensorSpec input, long[] shape, int bytes) {
        String name = new String(JsonStringEncoder.getInstance().quoteAsCharArray(input.name()));
        String json = "{\"inputs\":[{\"name\":\"" + name + "\",\"datatype\":\"" + input.type() + "\",\"shape\":"
                + Arrays.toString(shape) + ",\"parameters\":{\"binary_data_size\":" + bytes
                + "}}],\"parameters\":{\"binary_data_output\":true}}";
        return Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
    }

    /** That of the model, with the one size that it may leave open. */
    private static long[] shape(TensorSpec input, int bytes) {
        long[] shape = input.shape().clone();
        int open = -1;
        long each = input.type().size();
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] >= 0) {
                each *= shape[i];
            } else if (open < 0) {
                open = i;
            } else {
                throw QueryOptions.invalid("The input " + input
                        + " leaves several sizes open, so its bytes need JSON in front that says them.");
            }
        }
        if (each == 0 || bytes % each != 0 || open < 0 && bytes != each) {
            throw QueryOptions.invalid("The input " + input + " has "
                    + (open < 0 ? each + " bytes" : "a multiple of " + each + " bytes") + ", and " + bytes + " came.");
        }
        if (open >= 0) {
            shape[open] = bytes / each;
        }
        return shape;
    }
}
