package dev.sluice.host.onnx.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * How much of a batch is computed at once: where rows are large, many of them cost more each than few do, since they do not stay in a
 * processor's caches.
 *
 * @param rows at most
 * @param elements of all inputs, at most, but for a query that has more by itself
 */
record Portion(int rows, long elements) {

    /** Rows that take less are the cheaper the more they are: what counts there is what a run costs beside them. */
    private static final long TINY_NANOS = 300_000;

    private static final long ENOUGH_NANOS = 1_500_000_000L;
    private static final double ALIKE = 1.04;
    private static final double HOPELESS = 1.25;

    static Portion unmeasured(int rows) {
        return new Portion(rows, Long.MAX_VALUE);
    }

    /**
     * The largest number of rows of those that cost least each.
     *
     * @param mostRows that may be computed together
     * @param triedRows at most, more than these where rows of queries may be larger than those it is tried with
     * @param elements of a row
     * @param nanosOf how long so many rows take; asked of 1, 2, 4, ... until more are of no use, or it took long enough;
     *     negative where so many cannot be run
     */
    static Portion cheapest(int mostRows, int triedRows, long elements, IntToLongFunction nanosOf) {
        List<Double> each = new ArrayList<>();
        double least = Double.MAX_VALUE;
        long spent = 0;
        for (int rows = 1; rows <= triedRows && spent < ENOUGH_NANOS; rows *= 2) {
            long nanos = nanosOf.applyAsLong(rows);
            if (nanos < 0) {
                break;
            }
            if (rows == 1 && nanos < TINY_NANOS) {
                return unmeasured(mostRows);
            }
            spent += nanos;
            each.add((double) nanos / rows);
            least = Math.min(least, each.get(each.size() - 1));
            if (each.get(each.size() - 1) > HOPELESS * least) {
                break;
            }
        }
        if (each.isEmpty()) {
            return unmeasured(mostRows);
        }
        int chosen = 1;
        for (int i = 0; i < each.size(); i++) {
            chosen = each.get(i) <= ALIKE * least ? 1 << i : chosen;
        }
        return chosen > triedRows / 2
                ? unmeasured(mostRows)
                : new Portion(Math.min(chosen, mostRows), chosen * elements);
    }
}
