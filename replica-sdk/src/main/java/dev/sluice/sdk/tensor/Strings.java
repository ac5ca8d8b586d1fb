package dev.sluice.sdk.tensor;

import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.codec.InputReader;
import dev.sluice.sdk.codec.MediaTypes;
import dev.sluice.sdk.codec.ResultWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whatever is no number: text as it is, bytes as they are, and everything else as JSON text. */
final class Strings extends Elements {

    private final Class<?> component;
    private final String mediaType;
    private final @Nullable InputReader reader;
    private final @Nullable ResultWriter writer;

    private Strings(Class<?> component, @Nullable InputReader reader, @Nullable ResultWriter writer) {
        this.component = component;
        this.mediaType = mediaType(component);
        this.reader = reader;
        this.writer = writer;
    }

    /** @param reader of values of this type */
    static Strings input(Class<?> type, InputReader reader) {
        return new Strings(type, reader, null);
    }

    /** @param writer of values of this type; null where there is nothing to write: JSON's null */
    static Strings output(Class<?> type, @Nullable ResultWriter writer) {
        return new Strings(type, null, writer);
    }

    private static String mediaType(Class<?> type) {
        if (type == String.class) {
            return MediaTypes.TEXT;
        }
        return type == byte[].class || type == Content.class ? MediaTypes.BYTES : MediaTypes.JSON;
    }

    @Override
    DataType type() {
        return DataType.BYTES;
    }

    @Override
    Class<?> component() {
        return component;
    }

    @Override
    void read(TensorData data, int from, int count, Object array, int at) {
        for (int i = 0; i < count; i++) {
            Array.set(array, at + i, read(data, from + i));
        }
    }

    @Override
    @Nullable Object read(TensorData data, int element) {
        if (reader == null) {
            throw new IllegalStateException("made for results");
        }
        return reader.read(data.string(element), mediaType);
    }

    @Override
    void write(Object array, int from, int count, ByteBuf out) {
        for (int i = 0; i < count; i++) {
            write(Array.get(array, from + i), out);
        }
    }

    @Override
    void write(@Nullable Object value, ByteBuf out) {
        int at = out.writerIndex();
        out.writeIntLE(0);
        if (value instanceof String text) {
            ByteBufUtil.writeUtf8(out, text);
        } else if (value == null || writer == null) {
            requireJson(value);
            out.writeCharSequence("null", StandardCharsets.US_ASCII);
        } else {
            ByteBuf body = writer.write(value);
            try {
                out.writeBytes(body, body.readerIndex(), body.readableBytes());
            } finally {
                body.release();
            }
        }
        out.setIntLE(at, out.writerIndex() - at - Integer.BYTES);
    }

    private void requireJson(@Nullable Object value) {
        if (value == null && !mediaType.equals(MediaTypes.JSON)) {
            throw new IllegalArgumentException(
                    "null, and a tensor of " + component.getSimpleName() + " has no element for that");
        }
    }
}
