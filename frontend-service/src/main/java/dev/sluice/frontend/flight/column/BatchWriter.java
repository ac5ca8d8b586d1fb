package dev.sluice.frontend.flight.column;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.IpcMessage.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Puts a record batch together, buffer by buffer. */
final class BatchWriter implements AutoCloseable {

    private static final int ALIGNED = 8;
    private static final ByteBuf PADDING = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(ALIGNED).writeZero(ALIGNED).asReadOnly());

    private final CompositeByteBuf body;
    private final List<Long> lengths = new ArrayList<>();
    private final List<long[]> buffers = new ArrayList<>();
    private boolean finished;

    BatchWriter(ByteBufAllocator allocator) {
        body = allocator.compositeBuffer(Integer.MAX_VALUE);
    }

    /** Begins a column, or the values of lists, none of which is null. */
    void values(long count) {
        lengths.add(count);
        buffers.add(new long[] {body.readableBytes(), 0});
    }

    /** Takes the bytes over. */
    void buffer(ByteBuf bytes) {
        int size = bytes.readableBytes();
        buffers.add(new long[] {body.readableBytes(), size});
        body.addComponent(true, bytes);
        int rest = -size & (ALIGNED - 1);
        if (rest > 0) {
            body.addComponent(true, PADDING.retainedSlice(0, rest));
        }
    }

    IpcMessage finish(long rows) {
        FlatBufferBuilder out = new FlatBufferBuilder();
        RecordBatch.startBuffersVector(out, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(out, buffers.get(i)[0], buffers.get(i)[1]);
        }
        int parts = out.endVector();
        RecordBatch.startNodesVector(out, lengths.size());
        for (int i = lengths.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(out, lengths.get(i), 0);
        }
        int nodes = out.endVector();
        int batch = RecordBatch.createRecordBatch(out, rows, nodes, parts, 0, 0);
        Message.finishMessageBuffer(
                out,
                Message.createMessage(
                        out, MetadataVersion.V5, MessageHeader.RecordBatch, batch, body.readableBytes(), 0));
        finished = true;
        return new IpcMessage(out.sizedByteArray(), Kind.RECORDS, body);
    }

    /** Frees what was put together, unless it is a message now. */
    @Override
    public void close() {
        if (!finished) {
            body.release();
        }
    }
}
