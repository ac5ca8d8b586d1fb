package dev.sluice.frontend.flight.column;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes columns of tensors, each of which has the rows as its first dimension. Numbers of one tensor are slices that retain it; of
 * several they are put together.
 */
public final class ColumnWriter {

    private final ByteBufAllocator allocator;
    private final BatchWriter batch;

    private ColumnWriter(ByteBufAllocator allocator, BatchWriter batch) {
        this.allocator = allocator;
        this.batch = batch;
    }

    /**
     * A record batch.
     *
     * @param rows in it
     * @param parts of each column, in the order of the columns; not released
     * @throws QueryException {@code FAILED} where a tensor is not what its column says
     */
    public static IpcMessage batch(
            List<Column> columns, long rows, List<List<Tensor>> parts, ByteBufAllocator allocator) {
        try (BatchWriter batch = new BatchWriter(allocator)) {
            ColumnWriter writer = new ColumnWriter(allocator, batch);
            for (int i = 0; i < columns.size(); i++) {
                writer.values(columns.get(i), columns.get(i).layout(), rows, parts.get(i), 1);
            }
            return batch.finish(rows);
        }
    }

    /** @param dimension of the tensors that a list takes */
    private void values(Column column, Layout layout, long count, List<Tensor> parts, int dimension) {
        batch.values(count);
        if (layout instanceof Layout.FixedLists lists) {
            for (Tensor part : parts) {
                if (part.shape()[dimension] != lists.size()) {
                    throw wrong(
                            column, "has " + part.shape()[dimension] + " elements where it announces " + lists.size());
                }
            }
            values(column, lists.child(), count * lists.size(), parts, dimension + 1);
        } else if (layout instanceof Layout.Lists lists) {
            values(column, lists.child(), offsets(count, parts, dimension), parts, dimension + 1);
        } else if (layout instanceof Layout.Strings strings) {
            strings(column, strings.text(), (int) count, parts);
        } else {
            batch.buffer(layout instanceof Layout.Bits ? bits((int) count, parts) : numbers(parts));
        }
    }

    /** How many values are in the lists. */
    private long offsets(long count, List<Tensor> parts, int dimension) {
        ByteBuf offsets = allocator.directBuffer(Math.toIntExact((count + 1) * Integer.BYTES));
        int at = 0;
        offsets.writeIntLE(0);
        for (Tensor part : parts) {
            long lists = Arrays.stream(part.shape(), 0, dimension).reduce(1, (a, b) -> a * b);
            for (long i = 0; i < lists; i++) {
                at += (int) part.shape()[dimension];
                offsets.writeIntLE(at);
            }
        }
        batch.buffer(offsets);
        return at;
    }

    private ByteBuf numbers(List<Tensor> parts) {
        if (parts.size() == 1) {
            return parts.get(0).data().retainedSlice();
        }
        ByteBuf all = allocator.directBuffer(bytes(parts));
        parts.forEach(part -> all.writeBytes(part.data().slice()));
        return all;
    }

    private ByteBuf bits(int count, List<Tensor> parts) {
        ByteBuf bits = allocator.directBuffer((count + Byte.SIZE - 1) / Byte.SIZE);
        int gathered = 0;
        int i = 0;
        for (Tensor part : parts) {
            for (ByteBuf bytes = part.data().slice(); bytes.isReadable(); i++) {
                gathered |= (bytes.readByte() != 0 ? 1 : 0) << (i % Byte.SIZE);
                if (i % Byte.SIZE == Byte.SIZE - 1) {
                    bits.writeByte(gathered);
                    gathered = 0;
                }
            }
        }
        return i % Byte.SIZE == 0 ? bits : bits.writeByte(gathered);
    }

    private void strings(Column column, boolean text, int count, List<Tensor> parts) {
        ByteBuf offsets = allocator.directBuffer((count + 1) * Integer.BYTES);
        ByteBuf all = allocator.directBuffer(bytes(parts));
        try {
            offsets.writeIntLE(0);
            for (Tensor part : parts) {
                for (ByteBuf from = part.data().slice(); from.isReadable(); ) {
                    all.writeBytes(from, from.readIntLE());
                    offsets.writeIntLE(all.readableBytes());
                }
            }
            if (text && !ByteBufUtil.isText(all, StandardCharsets.UTF_8)) {
                throw wrong(column, "has bytes that are no text in UTF-8");
            }
            batch.buffer(offsets.retain());
            batch.buffer(all.retain());
        } finally {
            offsets.release();
            all.release();
        }
    }

    private static int bytes(List<Tensor> parts) {
        return parts.stream().mapToInt(part -> part.data().readableBytes()).sum();
    }

    private static QueryException wrong(Column column, String how) {
        return new QueryException(ErrorCode.FAILED, "The actor's output '" + column.name() + "' " + how + ".");
    }
}
