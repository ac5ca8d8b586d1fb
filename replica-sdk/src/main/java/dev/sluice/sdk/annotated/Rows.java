package dev.sluice.sdk.annotated;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.sdk.actor.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a batch gives a batched method to do, row by row. Rows of one query are attempted and end in their order. */
interface Rows {

    static Rows of(BatchedCall call, List<Input> inputs, OpenQueries open) {
        for (int i = 0; i < inputs.size(); i++) {
            if (InferMedia.isRequest(inputs.get(i).mediaType())) {
                return new TensorRows(call, inputs, open);
            }
        }
        return new PlainRows(call.method(), inputs, open);
    }

    int count();

    /** How many may be in one call. */
    int most();

    /** Whether somebody waits for what becomes of it. */
    boolean isOpen(int row);

    /** How many of these rows, from a place on, are numbers that lie one behind the other: they can be copied at once. At least 1. */
    int together(int[] attempted, int place);

    /** Whether these rows, which are in order, are all of one query. */
    boolean isOneQuery(int[] attempted);

    /**
     * @param count of rows, which are {@link #together}
     * @param array of values of the method's type
     * @throws QueryException where a row is none; that is for the caller to know
     */
    void readInto(int row, int count, Object array, int index);

    /** Ends the row with what the method returned for it. */
    void end(int row, @Nullable Object returned);

    /** As {@link #end}, of rows that are {@link #together}, with the elements of a primitive array. */
    void endWithElements(int row, int count, Object array, int index);

    /** The whole query of this row fails, since this row did. */
    void fail(int row, Failure failure);

    /** The query of this row fails like all that are in one call with it. */
    void failTogether(int row, Failure failure);

    void failAll(Failure failure);

    void cancelAll();

    boolean allEnded();
}
