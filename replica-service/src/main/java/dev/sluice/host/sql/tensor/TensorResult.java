package dev.sluice.host.sql.tensor;

import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.sql.result.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a result, a tensor for each column. Holds nothing that has to be freed; not thread-safe. */
public final class TensorResult {

    private final List<OutputColumn> columns = new ArrayList<>();
    private int rows;

    TensorResult(List<Column> columns) {
        columns.forEach(column -> this.columns.add(new OutputColumn(column)));
    }

    /**
     * @param values as {@link Column.Kind} names them, of all columns
     * @throws IllegalArgumentException with a clause, where a value has no place in a tensor
     */
    public void row(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            columns.get(i).add(values[i]);
        }
        rows++;
    }

    /** So many bytes all tensors have. */
    public long bytes() {
        return columns.stream().mapToLong(OutputColumn::bytes).sum();
    }

    List<Tensor> tensors() {
        return columns.stream().map(column -> column.tensor(rows)).toList();
    }
}
