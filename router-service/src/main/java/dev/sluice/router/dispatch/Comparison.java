package dev.sluice.router.dispatch;

import dev.sluice.common.wire.ResultFrame;
import dev.sluice.router.dispatch.DispatchMetrics.Compared;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The answers of a query and of its copy, held against each other once both have ended. Thread-safe. */
final class Comparison {

    /** Of one of the two: its results so far, of which no bytes are kept. */
    private static final class Side {
        private final CRC32C bytes = new CRC32C();
        private boolean answered;
        private boolean ended;
    }

    private final Consumer<Compared> then;
    private final Side query = new Side();
    private final Side copy = new Side();

    /** @param then told once how they compare */
    Comparison(Consumer<Compared> then) {
        this.then = then;
    }

    void queryHas(ResultFrame result) {
        add(query, result);
    }

    void copyHas(ResultFrame result) {
        add(copy, result);
    }

    /** Whatever it came to. */
    void queryEnded() {
        ended(query);
    }

    void copyEnded() {
        ended(copy);
    }

    private synchronized void add(Side side, ResultFrame result) {
        side.answered = true;
        for (var buffer : result.data().nioBuffers()) {
            side.bytes.update(buffer);
        }
    }

    private synchronized void ended(Side side) {
        side.ended = true;
        if (query.ended && copy.ended) {
            then.accept(judged());
        }
    }

    private Compared judged() {
        if (!query.answered) {
            return Compared.QUERY_FAILED;
        }
        if (!copy.answered) {
            return Compared.COPY_FAILED;
        }
        return query.bytes.getValue() == copy.bytes.getValue() ? Compared.SAME : Compared.DIFFERENT;
    }
}
