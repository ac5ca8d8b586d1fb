package dev.sluice.host.onnx.batch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Floats that are no number, which a model would carry into its results. What came over a link lies in pieces, where asking for one
 * element after the other takes longer than many a model: so it is looked at block by block, in loops that the JVM makes vector code of.
 */
public final class NotANumber {

    private static final int BLOCK_BYTES = 16 << 10;
    private static final int FLOAT_INFINITY = 0x7F80_0000;
    private static final long DOUBLE_INFINITY = 0x7FF0_0000_0000_0000L;
    private static final int FP16_INFINITY = 0x7C00;
    private static final int BF16_INFINITY = 0x7F80;

    private NotANumber() {}

    /** @throws QueryException with {@code INVALID_INPUT} where there is one among the elements */
    public static void refuse(Tensor tensor) {
        if (isAmong(tensor.type(), tensor.data())) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The input '" + tensor.name() + "' has an element that is NaN, which this model does not take"
                            + " (allow-nan in its config.yaml would let it).");
        }
    }

    static boolean isAmong(DataType type, ByteBuf data) {
        int bytes = Math.min(BLOCK_BYTES, data.readableBytes());
        return switch (type) {
            case FP32 -> any(data, bytes, new Floats(bytes));
            case FP64 -> any(data, bytes, new Doubles(bytes));
            case FP16 -> any(data, bytes, new Halves(bytes, FP16_INFINITY));
            case BF16 -> any(data, bytes, new Halves(bytes, BF16_INFINITY));
            default -> false;
        };
    }

    private static boolean any(ByteBuf data, int bytes, Look look) {
        byte[] block = new byte[bytes];
        ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        int end = data.writerIndex();
        int length = block.length;
        for (int at = data.readerIndex(); at < end; at += length) {
            length = Math.min(block.length, end - at);
            data.getBytes(at, block, 0, length);
            if (look.finds(view.clear().limit(length))) {
                return true;
            }
        }
        return false;
    }

    /** In a block that ends where an element does. Without its sign, what is no number has more bits than infinity. */
    private interface Look {
        boolean finds(ByteBuffer block);
    }

    private static final class Floats implements Look {

        private final int[] bits;

        Floats(int bytes) {
            bits = new int[bytes / Integer.BYTES];
        }

        @Override
        public boolean finds(ByteBuffer block) {
            int count = block.remaining() / Integer.BYTES;
            block.asIntBuffer().get(bits, 0, count);
            int most = 0;
            for (int i = 0; i < count; i++) {
                most = Math.max(most, bits[i] & Integer.MAX_VALUE);
            }
            return most > FLOAT_INFINITY;
        }
    }

    private static final class Doubles implements Look {

        private final long[] bits;

        Doubles(int bytes) {
            bits = new long[bytes / Long.BYTES];
        }

        @Override
        public boolean finds(ByteBuffer block) {
            int count = block.remaining() / Long.BYTES;
            block.asLongBuffer().get(bits, 0, count);
            long most = 0;
            for (int i = 0; i < count; i++) {
                most = Math.max(most, bits[i] & Long.MAX_VALUE);
            }
            return most > DOUBLE_INFINITY;
        }
    }

    private static final class Halves implements Look {

        private final short[] bits;
        private final int infinity;

        Halves(int bytes, int infinity) {
            bits = new short[bytes / Short.BYTES];
            this.infinity = infinity;
        }

        @Override
        public boolean finds(ByteBuffer block) {
            int count = block.remaining() / Short.BYTES;
            block.asShortBuffer().get(bits, 0, count);
            int most = 0;
            for (int i = 0; i < count; i++) {
                most = Math.max(most, bits[i] & Short.MAX_VALUE);
            }
            return most > infinity;
        }
    }
}
