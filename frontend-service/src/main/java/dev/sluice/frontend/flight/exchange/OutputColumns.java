package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.Shapes;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.flight.column.Column;
import dev.sluice.frontend.flight.column.Layout;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.ModelAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a method's results: as it announces them, or else as its first answer has them. */
final class OutputColumns {

    private final Model model;
    private final RowForm form;
    private final boolean text;
    private @Nullable List<Column> columns;

    OutputColumns(Model model, RowForm form) {
        this.model = model;
        this.form = form;
        this.text = !model.method().outputType().equals("Content")
                && !model.method().outputType().equals("byte[]");
        boolean asAnnounced = model.version().equals(model.actor().version());
        if (asAnnounced && !model.outputs().isEmpty()) {
            columns = model.outputs().stream().map(this::column).toList();
        }
    }

    /** Empty where they are not known yet. */
    Optional<List<Column>> columns() {
        return Optional.ofNullable(columns);
    }

    private Column column(TensorSpec output) {
        return new Column(output.name(), Layout.of(output, form.from(output.shape()), text));
    }

    /** Those of an answer whose sizes are whatever they are. */
    private TensorSpec open(Tensor tensor) {
        long[] any = new long[tensor.shape().length];
        Arrays.fill(any, -1);
        return new TensorSpec(tensor.name(), tensor.type(), any);
    }

    /**
     * The answer's tensors in the order of the columns, with the rows as the first dimension.
     *
     * @throws QueryException {@code FAILED} where they are not what was announced
     */
    List<Tensor> inOrder(ModelAnswer answer) {
        List<Column> known = columns;
        if (known == null) {
            known = answer.outputs().stream().map(this::open).map(this::column).toList();
            columns = known;
        }
        List<Tensor> inOrder = new ArrayList<>(known.size());
        for (Column column : known) {
            inOrder.add(rows(
                    column,
                    answer.outputs().stream()
                            .filter(output -> output.name().equals(column.name()))
                            .findFirst()
                            .orElseThrow(() -> wrong("has no output '" + column.name() + "', which it announces"))));
        }
        return inOrder;
    }

    private Tensor rows(Column column, Tensor output) {
        int depth = column.layout().depth();
        long[] shape = output.shape();
        boolean isValue = form == RowForm.ONE && depth == 0;
        if (form == RowForm.ONE && !isValue) {
            shape = new long[shape.length + 1];
            shape[0] = 1;
            System.arraycopy(output.shape(), 0, shape, 1, output.shape().length);
        } else if (shape.length == 0) {
            shape = new long[] {1};
        }
        if (output.type() != column.layout().elements()
                || shape.length != 1 + depth
                || isValue && shape[0] != 1
                || Arrays.stream(shape).anyMatch(size -> size < 0)) {
            throw wrong("has the output '" + output.name() + "' as " + output.type() + Shapes.text(output.shape())
                    + ", which is not what it announces");
        }
        return output.as(shape);
    }

    private QueryException wrong(String how) {
        return new QueryException(ErrorCode.FAILED, "An answer of the model " + model.name() + " " + how + ".");
    }
}
