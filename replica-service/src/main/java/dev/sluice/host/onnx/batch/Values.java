package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.DataType;
import io.netty.buffer.ByteBuf;

/** Numbers as elements of any type. */
final class Values {

    private static final int BF16_SHIFT = 16;

    private Values() {}

    static void write(ByteBuf out, DataType type, double value) {
        switch (type) {
            case BOOL -> out.writeByte(value == 0 ? 0 : 1);
            case INT8, UINT8 -> out.writeByte((int) value);
            case INT16, UINT16 -> out.writeShortLE((int) value);
            case INT32, UINT32 -> out.writeIntLE((int) (long) value);
            case INT64, UINT64 -> out.writeLongLE((long) value);
            case FP16 -> out.writeShortLE(half((float) value));
            case BF16 -> out.writeShortLE(Float.floatToIntBits((float) value) >>> BF16_SHIFT);
            case FP32 -> out.writeFloatLE((float) value);
            case FP64 -> out.writeDoubleLE(value);
            case BYTES -> {
                byte[] text = value == 0 ? new byte[0] : new byte[] {(byte) ('a' + (int) Math.abs(value * 16) % 26)};
                out.writeIntLE(text.length).writeBytes(text);
            }
        }
    }

    /** Cut, not rounded; what is too small is 0. */
    private static int half(float value) {
        int bits = Float.floatToIntBits(value);
        int exponent = (bits >>> 23 & 0xFF) - 127 + 15;
        int sign = bits >>> 16 & 0x8000;
        if (exponent <= 0) {
            return sign;
        }
        return exponent >= 31 ? sign | 0x7C00 : sign | exponent << 10 | bits >>> 13 & 0x3FF;
    }
}
