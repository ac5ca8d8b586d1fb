package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.tensor.TensorQuery;
import dev.sluice.host.sql.tensor.TensorResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results of a query of several rows, as its rows are run one part after the other. Not thread-safe: on the run's thread. */
final class TensorGathering {

    private final SqlContext context;
    private final TensorQuery query;
    private final int index;
    private @Nullable TensorResult result;

    /** @param index of the query in its batch */
    TensorGathering(SqlContext context, TensorQuery query, int index) {
        this.context = context;
        this.query = query;
        this.index = index;
    }

    TensorQuery query() {
        return query;
    }

    int index() {
        return index;
    }

    /** Where there is nothing to run: a result without rows. */
    void endEmpty(List<Column> columns, SqlRun run) {
        end(query.result(columns), run);
    }

    /**
     * The rows of the result for the next row of the query; the last one ends it.
     *
     * @param rows without the place of the query's number, which is that of the query's row here
     */
    void add(int row, List<@Nullable Object[]> rows, List<Column> columns, int idPlace, SqlRun run) {
        TensorResult all = result == null ? query.result(RowsOfMany.numbered(columns)) : result;
        result = all;
        try {
            for (@Nullable Object[] values : rows) {
                all.row(numbered(values, idPlace, row));
            }
        } catch (IllegalArgumentException unfit) {
            Failure failure = new Failure(ErrorCode.FAILED, "The result cannot be given: " + unfit.getMessage() + ".");
            run.fail(index, query.inRow(failure, row));
            return;
        }
        if (all.bytes() > context.file().limits().bytes()) {
            run.fail(index, Overlong.bytes(context.file()));
        } else if (row == query.rows() - 1) {
            end(all, run);
        }
    }

    private void end(TensorResult all, SqlRun run) {
        try {
            InferResult answer = query.answer(all);
            run.result(index, answer.body(), answer.mediaType());
        } catch (QueryException refused) {
            run.fail(index, refused.failure());
        }
    }

    private static @Nullable Object[] numbered(@Nullable Object[] values, int idPlace, long row) {
        @Nullable Object[] all = new @Nullable Object[values.length + 1];
        System.arraycopy(values, 0, all, 0, idPlace);
        all[idPlace] = row;
        System.arraycopy(values, idPlace, all, idPlace + 1, values.length - idPlace);
        return all;
    }
}
