package dev.sluice.frontend.flight.column;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** Makes a tensor of each column: the first dimension is that of the rows. */
public final class ColumnReader {

    private final BatchReader batch;
    private final ByteBufAllocator allocator;
    private long room;
    private String name = "";

    private ColumnReader(BatchReader batch, long room, ByteBufAllocator allocator) {
        this.batch = batch;
        this.room = room;
        this.allocator = allocator;
    }

    /**
     * The columns of a batch.
     *
     * @param rows how many each has
     * @param tensors for the caller to release; numbers are slices that retain the batch's body
     */
    public record Rows(int rows, List<Tensor> tensors) {

        /** Frees the data. */
        public void release() {
            tensors.forEach(Tensor::release);
        }
    }

    /**
     * @param columns as the schema has them
     * @param batch not released
     * @param most bytes of all tensors: bits and texts have more there than in a record batch, and columns may lie over each other
     * @throws NotArrowException where it is not what the schema says
     * @throws QueryException {@code TOO_LARGE} for more than that
     */
    public static Rows read(List<Column> columns, IpcMessage batch, long most, ByteBufAllocator allocator) {
        BatchReader reader = new BatchReader(batch);
        List<Tensor> tensors = new ArrayList<>(columns.size());
        boolean complete = false;
        try {
            ColumnReader column = new ColumnReader(reader, most, allocator);
            for (Column each : columns) {
                tensors.add(column.tensor(each));
            }
            complete = true;
            return new Rows(reader.rows(), tensors);
        } finally {
            if (!complete) {
                tensors.forEach(Tensor::release);
            }
        }
    }

    private Tensor tensor(Column column) {
        name = column.name();
        long[] shape = new long[1 + column.layout().depth()];
        shape[0] = batch.rows();
        ByteBuf data = data(column.layout(), 0, batch.rows(), shape, 1);
        return new Tensor(column.name(), column.layout().elements(), shape, data);
    }

    /**
     * @param start of the values that are meant
     * @param count of them
     * @param dimension of the shape that a list fills in
     */
    private ByteBuf data(Layout layout, long start, long count, long[] shape, int dimension) {
        batch.values(name, start + count);
        if (layout instanceof Layout.FixedLists lists) {
            batch.skipValidity(name);
            shape[dimension] = lists.size();
            return data(
                    lists.child(), bounded(start * lists.size()), bounded(count * lists.size()), shape, dimension + 1);
        }
        batch.skipValidity(name);
        if (layout instanceof Layout.Lists lists) {
            Offsets offsets = offsets(lists.large(), start, count);
            long size = offsets.evenSize();
            shape[dimension] = size;
            return data(lists.child(), offsets.at(0), bounded(count * size), shape, dimension + 1);
        }
        if (layout instanceof Layout.Strings strings) {
            return strings(offsets(strings.large(), start, count));
        }
        return layout instanceof Layout.Bits ? bits(start, count) : numbers(layout.elements(), start, count);
    }

    /** Before anything is taken from memory. */
    private void takeRoom(long bytes) {
        room -= bytes;
        if (room < 0) {
            throw new QueryException(
                    ErrorCode.TOO_LARGE,
                    "As tensors the columns have more bytes than an input may have (sluice.link.max-payload), from '"
                            + name + "' on: send fewer rows at once.");
        }
    }

    private long bounded(long count) {
        if (count > Integer.MAX_VALUE) {
            throw BatchReader.damaged(name);
        }
        return count;
    }

    private ByteBuf numbers(DataType type, long start, long count) {
        ByteBuf all = batch.next(name, (start + count) * type.size());
        takeRoom(count * type.size());
        return all.retainedSlice((int) start * type.size(), (int) count * type.size());
    }

    private ByteBuf bits(long start, long count) {
        ByteBuf bits = batch.next(name, (start + count + Byte.SIZE - 1) / Byte.SIZE);
        takeRoom(count);
        ByteBuf bytes = allocator.directBuffer((int) count);
        for (int i = (int) start; i < start + count; i++) {
            bytes.writeByte(bits.getByte(i / Byte.SIZE) >> (i % Byte.SIZE) & 1);
        }
        return bytes;
    }

    private ByteBuf strings(Offsets offsets) {
        ByteBuf data = batch.next(name, offsets.end());
        int count = offsets.count();
        long size = offsets.end() - offsets.at(0) + count * (long) Integer.BYTES;
        takeRoom(size);
        ByteBuf strings = allocator.directBuffer((int) bounded(size));
        int from = (int) offsets.at(0);
        for (int i = 1; i <= count; i++) {
            int to = (int) offsets.at(i);
            strings.writeIntLE(to - from).writeBytes(data, from, to - from);
            from = to;
        }
        return strings;
    }

    private Offsets offsets(boolean large, long start, long count) {
        int width = large ? Long.BYTES : Integer.BYTES;
        // Of no values some have no offsets at all.
        ByteBuf buffer = batch.next(name, count == 0 ? 0 : (start + count + 1) * width);
        Offsets offsets = new Offsets(buffer, large, (int) start, (int) count);
        if (!offsets.ascend()) {
            throw new NotArrowException("The offsets of the column '" + name + "' are damaged.");
        }
        return offsets;
    }

    /** Where values begin in what is behind them. */
    private final class Offsets {

        private final ByteBuf buffer;
        private final boolean large;
        private final int start;
        private final int count;

        Offsets(ByteBuf buffer, boolean large, int start, int count) {
            this.buffer = buffer;
            this.large = large;
            this.start = start;
            this.count = count;
        }

        int count() {
            return count;
        }

        long at(int i) {
            if (count == 0) {
                return 0;
            }
            return large ? buffer.getLongLE((start + i) * Long.BYTES) : buffer.getIntLE((start + i) * Integer.BYTES);
        }

        long end() {
            return at(count);
        }

        boolean ascend() {
            long last = at(0);
            boolean ascend = last >= 0 && end() <= Integer.MAX_VALUE;
            for (int i = 1; ascend && i <= count; i++) {
                long next = at(i);
                ascend = next >= last;
                last = next;
            }
            return ascend;
        }

        long evenSize() {
            long size = count == 0 ? 0 : at(1) - at(0);
            for (int i = 1; i < count; i++) {
                if (at(i + 1) - at(i) != size) {
                    throw new NotArrowException("The column '" + name + "' has lists of different lengths, " + size
                            + " and " + (at(i + 1) - at(i))
                            + ", and a tensor has one for all: send those of one length in a batch.");
                }
            }
            return size;
        }
    }
}
