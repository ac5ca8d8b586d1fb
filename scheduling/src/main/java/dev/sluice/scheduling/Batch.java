package dev.sluice.scheduling;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Queries of one method that a replica runs together, in the order in which the scheduler chose them. At least one. */
public final class Batch {

    private final String method;
    private final Queued[] queries;
    private final @Nullable TrackedReplica replica;

    /** Takes the array as its own. Any free replica may run it. */
    public Batch(String method, Queued[] queries) {
        this(method, queries, null);
    }

    /** Takes the array as its own. */
    Batch(String method, Queued[] queries, @Nullable TrackedReplica replica) {
        this.method = method;
        this.queries = queries;
        this.replica = replica;
    }

    /** The replica to run it, a free one of the scheduler's fleet; null where that is the owner's choice. */
    public @Nullable TrackedReplica replica() {
        return replica;
    }

    public String method() {
        return method;
    }

    public int size() {
        return queries.length;
    }

    /** The rows of all its queries together: what it counts for, and takes, as a batch. */
    public int rows() {
        int rows = 0;
        for (Queued query : queries) {
            rows += query.countedRows;
        }
        return rows;
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
