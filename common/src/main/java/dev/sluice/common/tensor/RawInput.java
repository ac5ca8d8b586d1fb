package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;

/** A body that is the bytes of the model's only input, in the shape that the model leaves it. */
final class RawInput {

    private RawInput() {}

    static Tensor of(ByteBuf body, List<TensorSpec> declared) {
        if (declared.size() != 1) {
            throw Invalid.input("The model has " + declared.size() + " inputs, " + declared
                    + ", so their bytes need JSON in front that tells them apart.");
        }
        TensorSpec spec = declared.get(0);
        return spec.type() == DataType.BYTES ? string(body, spec) : numbers(body, spec);
    }

    private static Tensor string(ByteBuf body, TensorSpec spec) {
        long[] one = new long[spec.shape().length];
        Arrays.fill(one, 1);
        ByteBuf data = body.alloc().directBuffer(Integer.BYTES + body.readableBytes());
        data.writeIntLE(body.readableBytes()).writeBytes(body, body.readerIndex(), body.readableBytes());
        return new Tensor(spec.name(), spec.type(), one, data);
    }

    private static Tensor numbers(ByteBuf body, TensorSpec spec) {
        long[] shape = spec.shape().clone();
        int open = -1;
        long known = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] >= 0) {
                known *= shape[i];
            } else if (open < 0) {
                open = i;
            } else {
                throw Invalid.input("The input " + spec
                        + " leaves several sizes open, so its bytes need JSON in front that says them.");
            }
        }
        long each = known * spec.type().size();
        long bytes = body.readableBytes();
        if (each == 0 || bytes % each != 0 || open < 0 && bytes != each) {
            throw Invalid.input("The input " + spec + " has "
                    + (open < 0 ? each + " bytes" : "a multiple of " + each + " bytes") + ", and " + bytes + " came.");
        }
        if (open >= 0) {
            shape[open] = bytes / each;
        }
        return new Tensor(spec.name(), spec.type(), shape, body.retainedSlice());
    }
}
