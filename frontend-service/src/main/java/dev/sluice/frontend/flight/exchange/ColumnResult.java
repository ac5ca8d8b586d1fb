package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.flight.column.Column;
import dev.sluice.frontend.flight.column.ColumnWriter;
import dev.sluice.frontend.flight.column.SchemaWriter;
import dev.sluice.frontend.flight.exchange.Translation.Result;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.model.ModelAnswer;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The answers to one batch as columns: each as a batch of its own, or all as one. */
final class ColumnResult implements Result {

    private final OutputColumns outputs;
    private final boolean each;
    private final List<List<Tensor>> parts = new ArrayList<>();
    private final List<Answer> kept = new ArrayList<>();

    /** @param each whether every answer is a batch */
    ColumnResult(OutputColumns outputs, boolean each) {
        this.outputs = outputs;
        this.each = each;
    }

    @Override
    public void add(Answer answer, Consumer<IpcMessage> out) {
        List<Tensor> tensors = outputs.inOrder(ModelAnswer.of(answer));
        if (!each) {
            answer.body().retain();
            kept.add(answer);
        }
        for (int i = 0; i < tensors.size(); i++) {
            if (parts.size() == i) {
                parts.add(new ArrayList<>());
            }
            parts.get(i).add(tensors.get(i));
        }
        if (each) {
            write(out);
        }
    }

    @Override
    public void end(Consumer<IpcMessage> out) {
        if (!each) {
            write(out);
        }
    }

    private void write(Consumer<IpcMessage> out) {
        // None are known where there was no row of which to learn them; then there is nothing to say.
        List<Column> columns = outputs.columns().orElse(List.of());
        if (columns.isEmpty()) {
            return;
        }
        while (parts.size() < columns.size()) {
            parts.add(new ArrayList<>());
        }
        out.accept(IpcMessage.schema(SchemaWriter.head(columns)));
        out.accept(ColumnWriter.batch(columns, rows(columns), parts, ByteBufAllocator.DEFAULT));
        parts.clear();
    }

    private long rows(List<Column> columns) {
        long rows = count(parts.get(0));
        for (int i = 1; i < columns.size(); i++) {
            if (count(parts.get(i)) != rows) {
                throw new QueryException(
                        ErrorCode.FAILED,
                        "The output '" + columns.get(i).name() + "' has " + count(parts.get(i)) + " rows, and '"
                                + columns.get(0).name() + "' has " + rows + ".");
            }
        }
        return rows;
    }

    private static long count(List<Tensor> column) {
        return column.stream().mapToLong(part -> part.shape()[0]).sum();
    }

    @Override
    public void close() {
        kept.forEach(answer -> answer.body().release());
        kept.clear();
    }
}
