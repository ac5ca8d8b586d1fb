package dev.sluice.frontend.flight.column;

import dev.sluice.frontend.flight.ipc.IpcHead;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import io.netty.buffer.ByteBuf;
import org.apache.arrow.flatbuf.RecordBatch;

/** The parts of a record batch in the order in which its columns take them, each checked for being inside of it. */
final class BatchReader {

    private final ByteBuf body;
    private final int rows;
    private final long[] lengths;
    private final long[] nulls;
    private final long[] starts;
    private final long[] sizes;
    private int node;
    private int buffer;

    BatchReader(IpcMessage batch) {
        this(batch.body(), IpcHead.of(batch.head()).records(Parts::of));
    }

    private BatchReader(ByteBuf body, Parts parts) {
        this.body = body;
        this.lengths = parts.lengths();
        this.nulls = parts.nulls();
        this.starts = parts.starts();
        this.sizes = parts.sizes();
        // Each row has a bit at the least, so that no claim makes more work than there are bytes.
        long most = lengths.length == 0 ? 1 : body.readableBytes() * (long) Byte.SIZE;
        if (parts.rows() < 0 || parts.rows() > most) {
            throw new NotArrowException("The record batch is to have " + parts.rows() + " rows, and has "
                    + body.readableBytes() + " bytes: send fewer rows at once, or with columns.");
        }
        this.rows = (int) parts.rows();
    }

    @SuppressWarnings("ArrayRecordComponent") // read once
    private record Parts(long rows, long[] lengths, long[] nulls, long[] starts, long[] sizes) {

        static Parts of(RecordBatch batch) {
            if (batch.compression() != null) {
                throw new NotArrowException("The record batch is compressed; send it as it is.");
            }
            long[] lengths = new long[room(batch.nodesLength(), batch)];
            long[] nulls = new long[lengths.length];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = batch.nodes(i).length();
                nulls[i] = batch.nodes(i).nullCount();
            }
            long[] starts = new long[room(batch.buffersLength(), batch)];
            long[] sizes = new long[starts.length];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = batch.buffers(i).offset();
                sizes[i] = batch.buffers(i).length();
            }
            return new Parts(batch.length(), lengths, nulls, starts, sizes);
        }

        /** What is claimed has to fit into the head. */
        private static int room(int count, RecordBatch batch) {
            if (count < 0 || count > batch.getByteBuffer().capacity() / Long.BYTES) {
                throw new NotArrowException("The head of the record batch is damaged.");
            }
            return count;
        }
    }

    int rows() {
        return rows;
    }

    /** Begins the next column, or list in one, of so many values at least. */
    void values(String column, long count) {
        if (node == lengths.length) {
            throw damaged(column);
        }
        if (nulls[node] != 0) {
            throw new NotArrowException("The column '" + column + "' has " + nulls[node]
                    + " nulls, and a tensor has no place for them: fill them, as fill_null() of pyarrow does.");
        }
        if (lengths[node] < count) {
            throw damaged(column);
        }
        node++;
    }

    /** Nothing was null, so that nobody asks for whom. */
    void skipValidity(String column) {
        next(column, 0);
    }

    /** The next buffer, of so many bytes at least; a slice that is not retained. */
    ByteBuf next(String column, long least) {
        if (buffer == starts.length) {
            throw damaged(column);
        }
        long start = starts[buffer];
        long size = sizes[buffer];
        if (start < 0 || size < least || start > body.readableBytes() || size > body.readableBytes() - start) {
            throw damaged(column);
        }
        buffer++;
        return body.slice(body.readerIndex() + (int) start, (int) size);
    }

    static NotArrowException damaged(String column) {
        return new NotArrowException(
                "The column '" + column + "' has more values than the record batch has bytes for.");
    }
}
