package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import tools.jackson.databind.ObjectWriter;

/** A value of any type into JSON. */
class JsonWriter extends ResultWriter {

    private static final int USUAL_SIZE = 256;

    private final ObjectWriter writer;
    private final ByteBufAllocator allocator;

    JsonWriter(ObjectWriter writer, ByteBufAllocator allocator) {
        this.writer = writer;
        this.allocator = allocator;
    }

    @Override
    public ByteBuf write(Object value) {
        return json(value);
    }

    final ByteBuf json(Object value) {
        ByteBuf body = allocator.buffer(USUAL_SIZE);
        boolean whole = false;
        try {
            writer.writeValue((OutputStream) new ByteBufOutputStream(body), value);
            whole = true;
            return body;
        } finally {
            if (!whole) {
                body.release();
            }
        }
    }
}
