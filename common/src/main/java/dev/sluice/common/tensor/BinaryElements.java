package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;

/** Whether bytes are as many elements as they should be. */
final class BinaryElements {

    private BinaryElements() {}

    /** @throws dev.sluice.common.error.QueryException where they are not */
    static void check(Tensor tensor) {
        long elements = tensor.elements();
        if (tensor.type() == DataType.BYTES) {
            checkStrings(tensor, elements);
            return;
        }
        long bytes = tensor.data().readableBytes();
        if (elements > Integer.MAX_VALUE || bytes != elements * tensor.type().size()) {
            throw Invalid.input("The input '" + tensor.name() + "' is " + tensor.type() + Shapes.text(tensor.shape())
                    + ", and " + bytes + " bytes are not as many elements" + expected(tensor, elements) + ".");
        }
    }

    private static String expected(Tensor tensor, long elements) {
        return elements > Integer.MAX_VALUE
                ? ""
                : ": " + elements * tensor.type().size() + " would be";
    }

    private static void checkStrings(Tensor tensor, long elements) {
        ByteBuf data = tensor.data();
        long strings = 0;
        long at = data.readerIndex();
        while (at < data.writerIndex()) {
            long end = at + Integer.BYTES > data.writerIndex()
                    ? Long.MAX_VALUE
                    : at + Integer.BYTES + data.getUnsignedIntLE((int) at);
            if (end > data.writerIndex()) {
                throw Invalid.input("The strings of the input '" + tensor.name() + "' are truncated: string " + strings
                        + " ends after the data does.");
            }
            at = end;
            strings++;
        }
        if (strings != elements) {
            throw Invalid.input("The input '" + tensor.name() + "' is BYTES" + Shapes.text(tensor.shape())
                    + ", and has " + strings + " strings.");
        }
    }
}
