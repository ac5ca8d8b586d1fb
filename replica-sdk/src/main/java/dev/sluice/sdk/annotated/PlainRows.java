package dev.sluice.sdk.annotated;

import dev.sluice.common.error.Failure;
import dev.sluice.sdk.actor.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each query is a row. */
final class PlainRows implements Rows {

    private final ServableMethod method;
    private final List<Input> inputs;
    private final OpenQueries open;

    PlainRows(ServableMethod method, List<Input> inputs, OpenQueries open) {
        this.method = method;
        this.inputs = inputs;
        this.open = open;
    }

    @Override
    public int count() {
        return inputs.size();
    }

    /** As many as the batch has, which is for its router to say. */
    @Override
    public int most() {
        return inputs.size();
    }

    @Override
    public boolean isOpen(int row) {
        return open.isOpen(row);
    }

    @Override
    public int together(int[] attempted, int place) {
        return 1;
    }

    @Override
    public boolean isOneQuery(int[] attempted) {
        return attempted.length == 1;
    }

    @Override
    public void readInto(int row, int count, Object array, int index) {
        Input input = inputs.get(row);
        method.reader().readInto(array, index, input.body(), input.mediaType());
    }

    @Override
    public void end(int row, @Nullable Object returned) {
        method.encoder().end(open, row, returned);
    }

    @Override
    public void endWithElements(int row, int count, Object array, int index) {
        method.encoder().endWithElement(open, row, array, index);
    }

    @Override
    public void fail(int row, Failure failure) {
        open.fail(row, failure);
    }

    @Override
    public void failTogether(int row, Failure failure) {
        open.fail(row, failure);
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
}
