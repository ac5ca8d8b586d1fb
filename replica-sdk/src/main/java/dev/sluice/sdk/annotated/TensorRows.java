package dev.sluice.sdk.annotated;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.tensor.TensorAnswer;
import dev.sluice.sdk.tensor.TensorModel;
import dev.sluice.sdk.tensor.TensorQuery;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some queries bring tensors, and so any number of rows; a query ends when the last of its rows has, or the first of them fails. */
final class TensorRows implements Rows {

    private final PlainRows plain;
    private final OpenQueries open;
    private final ServableMethod method;
    private final List<Input> inputs;
    private final int most;

    /** By query; null where it is a row as it came. */
    private final @Nullable TensorQuery[] tensors;

    private final @Nullable TensorAnswer[] answers;

    /** The first row of each query, and behind them all how many there are. */
    private final int[] firsts;

    TensorRows(BatchedCall call, List<Input> inputs, OpenQueries open) {
        this.method = call.method();
        this.plain = new PlainRows(method, inputs, open);
        this.open = open;
        this.inputs = inputs;
        this.most = Math.max(call.maxBatchSize(), inputs.size());
        this.tensors = new @Nullable TensorQuery[inputs.size()];
        this.answers = new @Nullable TensorAnswer[inputs.size()];
        this.firsts = new int[inputs.size() + 1];
        for (int query = 0; query < inputs.size(); query++) {
            firsts[query + 1] = Math.addExact(firsts[query], rows(query, inputs.get(query), call.model()));
        }
    }

    private int rows(int query, Input input, TensorModel model) {
        try {
            if (!InferMedia.isRequest(input.mediaType())) {
                return 1;
            }
            TensorQuery tensor = TensorQuery.read(input.body(), input.mediaType(), method.tensors());
            TensorAnswer answer = tensor.answer(model);
            tensors[query] = tensor;
            answers[query] = answer;
            endIfComplete(query, answer);
            return tensor.rows();
        } catch (QueryException refused) {
            open.fail(query, refused.failure());
            return 0;
        }
    }

    @Override
    public int count() {
        return firsts[firsts.length - 1];
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public boolean isOpen(int row) {
        return open.isOpen(query(row));
    }

    @Override
    public int together(int[] attempted, int place) {
        int query = query(attempted[place]);
        if (tensors[query] == null || !method.tensors().input().isNumber()) {
            return 1;
        }
        int end = place + 1;
        while (end < attempted.length
                && attempted[end] == attempted[end - 1] + 1
                && attempted[end] < firsts[query + 1]) {
            end++;
        }
        return end - place;
    }

    @Override
    public boolean isOneQuery(int[] attempted) {
        return query(attempted[0]) == query(attempted[attempted.length - 1]);
    }

    @Override
    public void readInto(int row, int count, Object array, int index) {
        int query = query(row);
        TensorQuery tensor = tensors[query];
        if (tensor == null) {
            plain.readInto(query, count, array, index);
            return;
        }
        // Whoever gives the batch up may free its bodies meanwhile: what is copied is to stay where it is.
        ByteBuf body = inputs.get(query).body().retain();
        try {
            tensor.readInto(array, index, row - firsts[query], count);
        } finally {
            body.release();
        }
    }

    @Override
    public void end(int row, @Nullable Object returned) {
        int query = query(row);
        TensorAnswer answer = answers[query];
        if (answer == null) {
            plain.end(query, returned);
            return;
        }
        Failure refusal = method.encoder().failureIn(returned);
        if (refusal != null) {
            fail(row, refusal);
        } else if (open.isOpen(query)) {
            try {
                answer.add(method.encoder().valueIn(returned));
            } catch (RuntimeException | Error broken) {
                fail(row, method.encoder().unwritable(broken));
            }
            endIfComplete(query, answer);
        }
    }

    @Override
    public void endWithElements(int row, int count, Object array, int index) {
        int query = query(row);
        TensorAnswer answer = answers[query];
        if (answer == null) {
            plain.endWithElements(query, count, array, index);
        } else if (open.isOpen(query)) {
            answer.addElements(array, index, count);
            endIfComplete(query, answer);
        }
    }

    private void endIfComplete(int query, TensorAnswer answer) {
        if (answer.isComplete() && open.claim(query)) {
            method.encoder().endClaimed(open, query, answer);
        }
    }

    @Override
    public void fail(int row, Failure failure) {
        int query = query(row);
        boolean one = firsts[query + 1] - firsts[query] == 1;
        open.fail(query, one ? failure : ofRow(row - firsts[query], failure));
    }

    private static Failure ofRow(int row, Failure failure) {
        return new Failure(failure.code(), "Row " + row + ": " + failure.message(), failure.retryAfterMillis());
    }

    @Override
    public void failTogether(int row, Failure failure) {
        open.fail(query(row), failure);
    }

    @Override
    public void failAll(Failure failure) {
        open.failAll(failure);
    }

    @Override
    public void cancelAll() {
        open.cancelAll();
    }

    @Override
    public boolean allEnded() {
        return open.allEnded();
    }

    private int query(int row) {
        int found = Arrays.binarySearch(firsts, row);
        if (found < 0) {
            return -found - 2;
        }
        // Queries without rows begin where the next one does.
        while (firsts[found + 1] == row) {
            found++;
        }
        return found;
    }
}
