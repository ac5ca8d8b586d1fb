package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.flight.column.ColumnReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts columns into rows: the tensors of each are slices of those of all. */
final class RowCut {

    private final ColumnReader.Rows rows;
    private final List<int[]> starts = new ArrayList<>();

    /** @param rows released by others, after the last row was cut */
    RowCut(ColumnReader.Rows rows) {
        this.rows = rows;
        rows.tensors().forEach(tensor -> starts.add(starts(tensor, rows.rows())));
    }

    private static int[] starts(Tensor all, int count) {
        int[] starts = new int[count + 1];
        ByteBuf data = all.data();
        int elements = count == 0 ? 0 : (int) (all.elements() / count);
        int at = data.readerIndex();
        for (int row = 0; row < count; row++) {
            starts[row] = at;
            if (all.type() != DataType.BYTES) {
                at += elements * all.type().size();
                continue;
            }
            for (int i = 0; i < elements; i++) {
                at += Integer.BYTES + data.getIntLE(at);
            }
        }
        starts[count] = at;
        return starts;
    }

    /** The tensors of one row, for the caller to release. */
    List<Tensor> row(int row) {
        List<Tensor> cut = new ArrayList<>(starts.size());
        for (int i = 0; i < starts.size(); i++) {
            Tensor all = rows.tensors().get(i);
            int start = starts.get(i)[row];
            ByteBuf data = all.data().retainedSlice(start, starts.get(i)[row + 1] - start);
            cut.add(new Tensor(all.name(), all.type(), shape(all.shape()), data));
        }
        return cut;
    }

    private static long[] shape(long[] all) {
        return all.length == 1 ? new long[] {1} : Arrays.copyOfRange(all, 1, all.length);
    }
}
