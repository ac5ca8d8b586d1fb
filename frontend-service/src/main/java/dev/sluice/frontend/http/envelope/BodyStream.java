package dev.sluice.frontend.http.envelope;

import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.util.Objects;

/** Reads a buffer's bytes without moving its indices; the buffer may be direct or composite. */
final class BodyStream extends InputStream {

    private final ByteBuf body;
    private final int end;
    private int position;

    BodyStream(ByteBuf body, int start, int end) {
        this.body = body;
        this.position = start;
        this.end = end;
    }

    @Override
    public int read() {
        return position < end ? body.getByte(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        int count = Math.min(length, end - position);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        body.getBytes(position, target, offset, count);
        position += count;
        return count;
    }
}
