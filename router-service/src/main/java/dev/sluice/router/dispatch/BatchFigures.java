package dev.sluice.router.dispatch;

import java.util.List;

/** What batches there were since this router started. Thread-safe. */
@FunctionalInterface
public interface BatchFigures {

    /** Nobody counts. */
    BatchFigures NONE = List::of;

    /** Of every method of which there were any, in no order. */
    List<OfMethod> all();

    /**
     * @param batches that were sent
     * @param queries in them
     * @param sizes how many batches had up to so many queries, rising; none where nobody counts that
     * @param runNanos that batches ran, as their hosts say, together
     * @param waitNanos that their queries had waited, together
     */
    record OfMethod(
            String actor,
            String version,
            String method,
            long batches,
            long queries,
            List<UpTo> sizes,
            long runNanos,
            long waitNanos) {

        public OfMethod {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * @param size the most queries that a batch counted here had
     * @param batches of this size or less
     */
    record UpTo(int size, long batches) {}
}
