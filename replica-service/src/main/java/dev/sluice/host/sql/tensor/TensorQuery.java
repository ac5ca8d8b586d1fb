package dev.sluice.host.sql.tensor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.host.sql.file.Parameter;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.result.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query that came as tensors: one run's worth for each of its rows. Holds nothing that has to be freed; not thread-safe. */
public final class TensorQuery {

    private final SqlFile file;
    private final InferRequest request;
    private final List<InputColumn> given;
    private final SqlModel.Answering as;
    private final int rows;

    TensorQuery(SqlFile file, InferRequest request, List<InputColumn> given, SqlModel.Answering as) {
        this.file = file;
        this.request = request;
        this.given = given;
        this.as = as;
        this.rows = rows(given);
    }

    /** Where nothing is given there is one query, of nothing but what is usual. */
    private static int rows(List<InputColumn> given) {
        for (InputColumn column : given) {
            if (column.rows() != given.get(0).rows()) {
                throw new QueryException(
                        ErrorCode.INVALID_INPUT,
                        "The input '" + given.get(0).parameter().name() + "' has "
                                + given.get(0).rows() + " rows, and '"
                                + column.parameter().name() + "' has " + column.rows() + ": send as many of each.");
            }
        }
        return given.isEmpty() ? 1 : given.get(0).rows();
    }

    public int rows() {
        return rows;
    }

    /**
     * The values of all parameters, in the order of the file.
     *
     * @throws QueryException of {@code INVALID_INPUT}, with a sentence for the caller
     */
    public Map<String, @Nullable Object> values(int row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Parameter parameter : file.parameters()) {
            values.put(parameter.name(), parameter.fallback());
        }
        try {
            for (InputColumn column : given) {
                values.put(column.parameter().name(), column.value(row));
            }
        } catch (QueryException refused) {
            throw inRow(refused.failure(), row).toException();
        }
        return values;
    }

    /** A failure of one row; of a query that has only one as it is. */
    public Failure inRow(Failure failure, int row) {
        return rows == 1
                ? failure
                : new Failure(failure.code(), "Row " + row + ": " + failure.message(), failure.retryAfterMillis());
    }

    /** An empty result with such columns. */
    public TensorResult result(List<Column> columns) {
        return new TensorResult(columns);
    }

    /**
     * The answer.
     *
     * @throws QueryException where JSON is asked for and cannot hold it, or an output that there is not
     */
    public InferResult answer(TensorResult result) {
        return as.writer().write(request, as.model(), file.version(), result.tensors());
    }
}
