package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long batches of one method take on a replica of ordinary speed, as two curves over the batch size. The
 * <i>typical</i> curve follows the medians, and says when a running batch is likely to end. The <i>safe</i> curve follows
 * a high percentile ({@link Promise}), and says what may be promised. Both never decrease with the size.
 *
 * <p>A sliding window of measured times per bucket of the half-octave grid; sizes that were not seen come from a
 * {@linkplain LineFit line} fitted to the medians, with the spread of all that was seen. While only one bucket was seen, a
 * larger batch is taken to cost in proportion: so a batch grows step by step.
 *
 * <p>When several batches in a row come out far from the curve, the actor is a different one, and the record begins afresh
 * with them. {@linkplain Outliers Those} that come alone enter the record too, once the next batch has shown that they were
 * alone: they are the tail of the distribution.
 */
final class MethodTimes {

    private static final int PER_BUCKET = 128;
    private static final int POOLED = 256;

    /** So few batches say little about their own high percentiles: then those of all buckets count too. */
    private static final int ENOUGH = 32;

    /** So few say nothing: a single unlucky one would keep batches of its size from ever being tried again. */
    private static final int ENOUGH_TO_COUNT = 12;

    private static final int ENOUGH_TO_BE_LATE = 20;

    /** Fewer would have a single outlier for their high percentile: then only the pool takes it. */
    private static final int ENOUGH_FOR_OUTLIERS = 20;

    private static final double FAR = 1.8;
    private static final double LEAST_SPREAD = 1.02;

    private final @Nullable DurationWindow[] buckets = new DurationWindow[SizeBuckets.COUNT];

    /** How many batches of any size had been measured when the last of a bucket was. */
    private final long[] measuredAt = new long[SizeBuckets.COUNT];

    /** Measured time over typical time, in parts of {@link #UNIT}, over all buckets. */
    private final DurationWindow spreads = new DurationWindow(POOLED);

    /** Measured time less typical time, likewise. */
    private final DurationWindow excesses = new DurationWindow(POOLED);

    private static final double UNIT = 1 << 20;

    private final double[] typical = new double[SizeBuckets.COUNT];
    private final double[] safe = new double[SizeBuckets.COUNT];
    private final LineFit line = new LineFit();
    private final Outliers outliers = new Outliers();
    private int known;
    private int largestSeen;
    private long batches;
    private long recordedAt;

    /** Multiplies the typical curve, and so moves the safe one, while outliers that just came in have not been confirmed or refuted. */
    private double scale = 1;

    /** Whether anything is known at all. */
    boolean known() {
        return known > 0;
    }

    long batches() {
        return batches;
    }

    int largestSeen() {
        return largestSeen;
    }

    double alphaNanos() {
        return line.alpha();
    }

    double betaNanos() {
        return line.beta();
    }

    /** When a batch was last measured; says nothing while nothing is known. */
    long recordedAt() {
        return recordedAt;
    }

    /** The least time that any batch of at least this size took lately; 0 where none was measured. */
    double luckiest(int size) {
        double least = outliers.least(size);
        for (int i = SizeBuckets.of(size); i < SizeBuckets.COUNT; i++) {
            DurationWindow window = buckets[i];
            if (window != null) {
                least = Math.min(least, window.least());
            }
        }
        return least == Double.MAX_VALUE ? 0 : least;
    }

    /** 0 while nothing is known. */
    double typical(int size) {
        return known == 0 ? 0 : moved(at(typical, size));
    }

    /** 0 while nothing is known. */
    double safe(int size) {
        if (known == 0) {
            return 0;
        }
        double usual = at(safe, size);
        // The spread is in it already: scaled with it, one stall among few batches would promise minutes.
        return scale <= 1 ? scale * usual : Math.max(usual, LEAST_SPREAD * typical(size));
    }

    /** As {@link #rebuild} does: the lesser of what times differ by and what is added to them. */
    private double moved(double nanos) {
        return scale <= 1 ? scale * nanos : Math.min(scale * nanos, nanos + outliers.excess());
    }

    /** The largest batch of at most {@code most} queries that safely takes no longer than this; 0 if there is none. */
    int largestWithin(double nanos, int most) {
        if (known == 0 || safe(most) <= nanos) {
            return most;
        }
        int fits = 0;
        int not = most;
        while (not - fits > 1) {
            int middle = (fits + not) >>> 1;
            if (safe(middle) <= nanos) {
                fits = middle;
            } else {
                not = middle;
            }
        }
        return fits;
    }

    /**
     * After what time a batch of this size takes longer than 95 in 100 measured ones of about its size;
     * {@link Long#MAX_VALUE} where too few were measured to say.
     *
     * @param slowdown of the replica that it runs on
     */
    long lateAfter(int size, double slowdown) {
        int bucket = SizeBuckets.of(size);
        DurationWindow window = buckets[bucket];
        if (window == null || window.count() < ENOUGH_TO_BE_LATE) {
            return Long.MAX_VALUE;
        }
        double toSize = at(typical, size) / Math.max(1, typical[bucket]);
        return (long) (moved(window.percentile(95) * toSize) * slowdown);
    }

    List<SchedulerView.SizeView> sizeViews() {
        List<SchedulerView.SizeView> views = new ArrayList<>();
        for (int i = 0; i < SizeBuckets.COUNT; i++) {
            DurationWindow window = buckets[i];
            if (window != null) {
                views.add(new SchedulerView.SizeView(
                        SizeBuckets.upper(i), window.count(), window.median(), window.percentile(99), (long)
                                safe(SizeBuckets.upper(i))));
            }
        }
        return views;
    }

    private static double at(double[] curve, int size) {
        int bucket = SizeBuckets.of(size);
        if (bucket < 3) {
            return curve[bucket];
        }
        double low = SizeBuckets.upper(bucket - 1);
        double high = SizeBuckets.upper(bucket);
        // Rounding must not make a curve fall, nor cross another one.
        double share = (float) ((size - low) / (high - low));
        return share >= 1 ? curve[bucket] : curve[bucket - 1] + (curve[bucket] - curve[bucket - 1]) * share;
    }

    /**
     * Records a batch.
     *
     * @param nanos the time it took, divided by its replica's slowdown
     * @param startedAt when it started
     * @param endedAt when it ended
     * @return whether the record began afresh with this batch
     */
    boolean record(int size, double nanos, long startedAt, long endedAt) {
        batches++;
        recordedAt = endedAt;
        boolean heldBack = known > 0 && heldBack(size, nanos, startedAt, endedAt);
        if (heldBack && outliers.changed()) {
            beginAfresh();
            return true;
        }
        if (!heldBack) {
            enterOutliers();
            add(size, nanos);
        }
        scale = outliers.scale();
        return false;
    }

    /** Whether the batch is so far from the curve that it is held back for now. */
    private boolean heldBack(int size, double nanos, long startedAt, long endedAt) {
        double expected = Math.max(1, at(typical, size));
        double ratio = nanos / expected;
        boolean slow = ratio > FAR * Math.max(1, at(safe, size) / expected);
        boolean fast = ratio * FAR < 1;
        if (!slow && !fast || buckets[SizeBuckets.of(size)] == null) {
            // Of a size that was never measured nothing is known that could be contradicted.
            return false;
        }
        if (!outliers.none() && outliers.areSlow() != slow) {
            enterOutliers();
        }
        outliers.add(size, nanos, expected, startedAt, endedAt);
        return true;
    }

    private void beginAfresh() {
        Arrays.fill(buckets, null);
        spreads.clear();
        excesses.clear();
        known = 0;
        scale = 1;
        // What was learnt of larger ones was of another actor.
        largestSeen = 0;
        line.beginAfresh();
        for (int i = 0; i < outliers.held(); i++) {
            add(outliers.size(i), outliers.nanos(i));
        }
        outliers.clear();
    }

    /** They came alone: so the tail is that long. */
    private void enterOutliers() {
        if (outliers.none()) {
            return;
        }
        for (int i = 0; i < outliers.held(); i++) {
            int size = outliers.size(i);
            double nanos = outliers.nanos(i);
            DurationWindow window = buckets[SizeBuckets.of(size)];
            if (window != null && window.count() >= ENOUGH_FOR_OUTLIERS) {
                window.add((long) Math.max(0, nanos * toUpper(size)));
            }
            spread(size, nanos);
        }
        outliers.clear();
        rebuild();
    }

    private void add(int size, double nanos) {
        int bucket = SizeBuckets.of(size);
        double toUpper = toUpper(size);
        DurationWindow window = buckets[bucket];
        if (window == null) {
            window = new DurationWindow(PER_BUCKET);
            buckets[bucket] = window;
            known++;
        }
        window.add((long) Math.max(0, nanos * toUpper));
        measuredAt[bucket] = batches;
        largestSeen = Math.max(largestSeen, size);
        rebuild();
        if (window.count() >= 2) {
            spread(size, nanos);
        }
    }

    /** Makes of the time of a batch the time of the largest in its bucket. */
    private double toUpper(int size) {
        int bucket = SizeBuckets.of(size);
        if (known == 0) {
            return line.firstGuess(SizeBuckets.upper(bucket), size);
        }
        double expected = at(typical, size);
        return expected <= 0 ? 1 : typical[bucket] / expected;
    }

    private void spread(int size, double nanos) {
        double expected = Math.max(1, at(typical, size));
        spreads.add((long) (UNIT * Math.min(1e3, nanos / expected)));
        excesses.add((long) Math.max(0, nanos - expected));
    }

    private void rebuild() {
        line.through(buckets);
        // What makes times differ may grow with the batch, or may not (a pause of the machine). The lesser of both is
        // taken,
        // since batches that are tried soon tell what is true of them, and those that are not tried never do.
        double ratio = spreads.count() == 0 ? 1 : Promise.of(spreads, UNIT) / UNIT;
        double excess = excesses.count() == 0 ? 0 : Promise.of(excesses, 0);
        double typicalSoFar = 0;
        double safeSoFar = 0;
        for (int i = 0; i < SizeBuckets.COUNT; i++) {
            DurationWindow window = buckets[i];
            double middle;
            double high;
            if (window == null) {
                middle = line.at(SizeBuckets.upper(i));
                high = pooled(middle, ratio, excess);
            } else {
                middle = window.median();
                // What is older than all of the pool is not held against a size for ever, or it would never be tried
                // again.
                boolean old = batches - measuredAt[i] > POOLED;
                high = old || window.count() < ENOUGH_TO_COUNT ? 0 : Promise.of(window, middle);
                if (old || window.count() < ENOUGH) {
                    high = Math.max(high, pooled(middle, ratio, excess));
                }
            }
            typicalSoFar = Math.max(typicalSoFar, middle);
            safeSoFar = Math.max(safeSoFar, Math.max(high, typicalSoFar));
            typical[i] = typicalSoFar;
            safe[i] = safeSoFar;
        }
    }

    private static double pooled(double middle, double ratio, double excess) {
        return Math.max(middle * LEAST_SPREAD, Math.min(middle * ratio, middle + excess));
    }
}
