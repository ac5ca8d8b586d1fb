package dev.sluice.scheduling;

/**
 * Batches far from what was expected, held back until the next ones show what they were: a few of different moments in a
 * row mean that the actor has changed; else they were bad luck, which is part of the record too. What one moment explains (a
 * pause hits all batches that run) is no row. Not thread-safe.
 */
final class Outliers {

    /** So many in a row, of different moments, mean a change. */
    static final int RUN = 4;

    private static final int HELD = 16;

    private final int[] sizes = new int[HELD];
    private final double[] nanos = new double[HELD];
    private int held;
    private int suspects;
    private int run;
    private boolean slow;
    private double scale = 1;
    private double excess;
    private long firstEnd;

    boolean none() {
        return held == 0;
    }

    boolean areSlow() {
        return slow;
    }

    /** Whether the actor has changed. */
    boolean changed() {
        return run >= RUN;
    }

    /** By what the curves are off for now: nearly confirmed, or 1. */
    double scale() {
        return suspects >= RUN - 1 ? scale : 1;
    }

    /** By how many nanoseconds the slow ones are off at least. */
    double excess() {
        return excess;
    }

    int held() {
        return held;
    }

    int size(int i) {
        return sizes[i];
    }

    double nanos(int i) {
        return nanos[i];
    }

    /** The least time of those of at least this size; {@link Double#MAX_VALUE} if there are none. */
    double least(int size) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < held; i++) {
            least = sizes[i] >= size ? Math.min(least, nanos[i]) : least;
        }
        return least;
    }

    /** @param expected what a batch of this size typically took so far */
    void add(int size, double measured, double expected, long startedAt, long endedAt) {
        double ratio = measured / expected;
        if (held == 0) {
            excess = measured - expected;
            firstEnd = endedAt;
            slow = ratio > 1;
            scale = ratio;
        }
        scale = slow ? Math.min(scale, ratio) : Math.max(scale, ratio);
        excess = Math.min(excess, measured - expected);
        suspects++;
        boolean sameMoment = held > 0 && NanoTime.before(startedAt, firstEnd);
        if (!sameMoment || run < RUN - 2) {
            run++;
        }
        if (held < HELD) {
            sizes[held] = size;
            nanos[held] = measured;
            held++;
        }
    }

    void clear() {
        held = 0;
        suspects = 0;
        run = 0;
        scale = 1;
    }
}
