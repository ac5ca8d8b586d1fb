package dev.sluice.frontend.flight.get;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.IpcStreamReader;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import dev.sluice.frontend.query.Answer;
import org.jspecify.annotations.Nullable;

/** The answers to a query, which are one Arrow stream together. Not thread-safe. */
final class ArrowResult implements AutoCloseable {

    private final String model;
    private final IpcStreamReader reader = new IpcStreamReader();

    ArrowResult(String model) {
        this.model = model;
    }

    /** Takes the answer's body over. @throws QueryException {@code FAILED} for what is no Arrow */
    void feed(Answer answer) {
        if (!answer.mediaType().startsWith(FlightQueries.ARROW)) {
            answer.body().release();
            throw failed("answered with " + answer.mediaType()
                    + ", which is no Arrow stream; ask it by DoExchange, or over HTTP");
        }
        reader.feed(answer.body());
    }

    /** Null where none has come in full. @throws QueryException {@code FAILED} for what is no Arrow */
    @Nullable IpcMessage next() {
        try {
            return reader.next();
        } catch (NotArrowException e) {
            throw failed("answered with no Arrow stream, whatever its media type says: " + e.getMessage());
        }
    }

    /** @throws QueryException {@code FAILED} where something is missing */
    void requireWhole(boolean hasSchema) {
        if (!hasSchema || !reader.isWhole()) {
            throw failed("answered with an Arrow stream that is cut off");
        }
    }

    private QueryException failed(String how) {
        return new QueryException(ErrorCode.FAILED, "The actor " + model + " " + how + ".");
    }

    @Override
    public void close() {
        reader.close();
    }
}
