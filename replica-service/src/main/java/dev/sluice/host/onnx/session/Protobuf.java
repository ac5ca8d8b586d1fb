package dev.sluice.host.onnx.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** As much of the protobuf encoding as writing a model takes. */
public final class Protobuf {

    private static final int VARINT = 0;
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Appends a whole number. */
    public Protobuf number(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /** Appends text. */
    public Protobuf text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a message. */
    public Protobuf message(int field, Protobuf value) {
        return bytes(field, value.toBytes());
    }

    /** Appends bytes. */
    public Protobuf bytes(int field, byte[] value) {
        varint((long) field << 3 | LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** What was appended. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
