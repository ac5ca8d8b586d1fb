package dev.sluice.scheduling.scaling;

import dev.sluice.scheduling.MethodLoad;

/** What came for one method in each tick of an {@link ArrivalHistory}. Not thread-safe. */
final class Series {

    /** No row costs more seconds than that: sums of products stay finite. */
    private static final double MOST_COST = 1e6;

    private final double[] queries = new double[ArrivalHistory.CAPACITY];
    private final double[] rows = new double[ArrivalHistory.CAPACITY];
    private long queryCounter;
    private long rowCounter;
    private double cost;

    /** Whether the method is still there. */
    boolean seen;

    /** Counts from 0. */
    Series() {}

    /** Counts from there. */
    Series(MethodLoad from) {
        queryCounter = from.offeredQueries();
        rowCounter = from.offeredRows();
    }

    /** Adds what came since the last time. Returns how many queries. */
    double advance(MethodLoad to, int slot) {
        double more = since(queryCounter, to.offeredQueries());
        queries[slot] += more;
        rows[slot] += since(rowCounter, to.offeredRows());
        queryCounter = to.offeredQueries();
        rowCounter = to.offeredRows();
        cost = secondsPerRow(to);
        return more;
    }

    /** A counter that fell has begun anew. */
    private static double since(long before, long now) {
        return Math.max(0, now >= before ? (double) now - before : now);
    }

    /** What a row costs, in seconds of a replica; 0 while that is not known. */
    static double secondsPerRow(MethodLoad load) {
        return load.nanosPerRow() > 0 ? Math.min(MOST_COST, load.nanosPerRow() / 1e9) : 0;
    }

    void clear(int slot) {
        queries[slot] = 0;
        rows[slot] = 0;
    }

    double work(int slot) {
        return rows[slot] * cost;
    }

    /** Those whose work is known. */
    double queries(int slot) {
        return cost > 0 ? queries[slot] : 0;
    }
}
