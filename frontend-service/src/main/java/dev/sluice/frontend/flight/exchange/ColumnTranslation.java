package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.tensor.InferRequests;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.flight.column.Column;
import dev.sluice.frontend.flight.column.ColumnReader;
import dev.sluice.frontend.flight.column.SchemaWriter;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;

/**
 * Columns are the inputs, and the outputs are columns. A method that takes many rows at once gets a batch as one query; of any other
 * each row is a query.
 */
final class ColumnTranslation implements Translation {

    /** Queries of one batch at once, where each row is one. */
    private static final int ROWS_AT_ONCE = 256;

    private final Model model;
    private final RowForm form;
    private final List<Column> columns;
    private final OutputColumns outputs;

    private ColumnTranslation(Model model, RowForm form, List<Column> columns) {
        this.model = model;
        this.form = form;
        this.columns = columns;
        this.outputs = new OutputColumns(model, form);
    }

    /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for a column that is no input */
    static ColumnTranslation of(Model model, List<Column> columns) {
        RowForm form = RowForm.of(model);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            check(model, form, column);
            if (!names.add(column.name())) {
                throw QueryOptions.invalid("There are two columns '" + column.name() + "'; send each input once.");
            }
        }
        return new ColumnTranslation(model, form, columns);
    }

    private static void check(Model model, RowForm form, Column column) {
        TensorSpec input = model.inputs().stream()
                .filter(spec -> spec.name().equals(column.name()))
                .findFirst()
                .orElseThrow(() -> QueryOptions.invalid("The model " + model.name() + " has no input '" + column.name()
                        + "'; it takes " + model.inputs() + "."));
        int depth = form.depth(input);
        if (column.layout().elements() != input.type() || column.layout().depth() != depth) {
            throw QueryOptions.invalid("The column '" + column.name() + "' has " + shown(column) + ", and the model "
                    + model.name() + " takes " + input + " with a row for each value: cast it to "
                    + "lists ".repeat(Math.min(1, depth)) + (depth > 0 ? "of " : "") + input.type() + ".");
        }
    }

    private static String shown(Column column) {
        int depth = column.layout().depth();
        return column.layout().elements() + (depth == 0 ? "" : " in lists, " + depth + " deep");
    }

    @Override
    public Optional<byte[]> schema() {
        return outputs.columns().map(SchemaWriter::head);
    }

    @Override
    public void dictionary(IpcMessage dictionary, Memory memory) {
        throw new NotArrowException(
                "A dictionary came, and no column has one: send plain values, as dictionary_decode() of pyarrow gives them.");
    }

    @Override
    public Flux<Answer> ask(IpcMessage batch, Asker asker) {
        ColumnReader.Rows rows = ColumnReader.read(columns, batch, asker.mostBytes(), ByteBufAllocator.DEFAULT);
        if (form == RowForm.MANY) {
            try {
                return ask(rows.tensors(), asker, "");
            } finally {
                rows.release();
            }
        }
        Runnable held;
        try {
            held = asker.hold(batch.size());
        } catch (RuntimeException full) {
            rows.release();
            throw full;
        }
        RowsInFlight inFlight = new RowsInFlight(rows, held);
        int atOnce = model.method().streaming() ? 1 : ROWS_AT_ONCE;
        // The operator forgets what waits for its turn when it is cancelled, and what it was given and has not
        // subscribed to.
        return Flux.range(0, rows.rows())
                .flatMapSequential(
                        row -> Flux.defer(() -> askRow(inFlight, row, asker)).filter(inFlight::keep), atOnce, 1)
                .filter(inFlight::give)
                .doFinally(end -> inFlight.close());
    }

    private static Flux<Answer> askRow(RowsInFlight inFlight, int row, Asker asker) {
        List<Tensor> tensors = inFlight.row(row);
        if (tensors.isEmpty()) {
            return Flux.empty();
        }
        try {
            return ask(tensors, asker, "." + row);
        } finally {
            tensors.forEach(Tensor::release);
        }
    }

    private static Flux<Answer> ask(List<Tensor> tensors, Asker asker, String part) {
        InferResult body = InferRequests.composed(tensors, ByteBufAllocator.DEFAULT);
        return asker.ask(body.body(), body.mediaType(), part);
    }

    @Override
    public Result result() {
        return new ColumnResult(outputs, form == RowForm.MANY || model.method().streaming());
    }

    @Override
    public void close() {}
}
