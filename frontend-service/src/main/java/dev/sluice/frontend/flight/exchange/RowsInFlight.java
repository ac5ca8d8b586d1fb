package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.flight.column.ColumnReader;
import dev.sluice.frontend.query.Answer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A batch of which each row is a query, and the answers whose turn has not come yet. Thread-safe: queries end on any thread, and their
 * caller goes when it likes.
 */
final class RowsInFlight {

    private final ColumnReader.Rows rows;
    private final Runnable held;
    private final RowCut cut;
    private final Set<Answer> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean over;

    /**
     * @param rows taken over, whatever comes
     * @param held gives back what is counted for them, likewise
     */
    RowsInFlight(ColumnReader.Rows rows, Runnable held) {
        this.rows = rows;
        this.held = held;
        try {
            this.cut = new RowCut(rows);
        } catch (RuntimeException | Error e) {
            rows.release();
            held.run();
            throw e;
        }
    }

    /** The tensors of one row, for the caller to release; none where it is over. */
    synchronized List<Tensor> row(int row) {
        return over ? List.of() : cut.row(row);
    }

    /** False where it is over; then the answer is released. */
    synchronized boolean keep(Answer answer) {
        if (over) {
            answer.body().release();
            return false;
        }
        return kept.add(answer);
    }

    /** Its turn has come: whoever asks has to release it. False where it was released, since all is over. */
    synchronized boolean give(Answer answer) {
        return kept.remove(answer);
    }

    synchronized void close() {
        if (!over) {
            over = true;
            kept.forEach(answer -> answer.body().release());
            kept.clear();
            rows.release();
            held.run();
        }
    }
}
