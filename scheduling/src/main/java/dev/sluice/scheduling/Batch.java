package dev.sluice.scheduling;

import java.util.Objects;

/** Queries of one method that a replica runs together, in the order in which the scheduler chose them. At least one. */
public final class Batch {

    private final String method;
    private final Queued[] queries;

    /** Takes the array as its own: a scheduler makes it. */
    public Batch(String method, Queued[] queries) {
        this.method = method;
        this.queries = queries;
    }

    public String method() {
        return method;
    }

    public int size() {
        return queries.length;
    }

    /** @throws IndexOutOfBoundsException if {@code i} is not in 0 .. size - 1 */
    public Queued get(int i) {
        return queries[Objects.checkIndex(i, queries.length)];
    }

    @Override
    public String toString() {
        return "Batch[" + method + " x " + queries.length + "]";
    }
}
