package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long batches of one method take on a replica of ordinary speed, as two curves over the batch size. The
 * <i>typical</i> curve follows the medians, and says when a running batch is likely to end. The <i>safe</i> curve follows
 * the 99th percentiles, and says what may be promised. Both never decrease with the size.
 *
 * <p>A sliding window of measured times per bucket of the half-octave grid; sizes that were not seen come from a line
 * αb + β fitted to the medians, with the spread of all that was seen. While only one bucket was seen, a larger batch is
 * taken to cost in proportion: so a batch grows step by step.
 *
 * <p>When {@value #RUN} batches in a row come out far from the curve, the actor is a different one, and the record begins
 * afresh with them. Outliers that one moment explains (a pause hits all batches that run) only scale the curves, until
 * the next batch says otherwise.
 */
final class MethodTimes {

    private static final int PER_BUCKET = 128;
    private static final int POOLED = 256;

    /** So few batches say little about their own 99th percentile: then that of all buckets counts too. */
    private static final int ENOUGH = 48;

    private static final int ENOUGH_TO_BE_LATE = 20;

    private static final int RUN = 4;
    private static final double FAR = 1.8;
    /** Percentiles of a short window are themselves uncertain: so much of the distance from the median is added. */
    private static final double CAUTION = 0.4;

    private static final double LEAST_SPREAD = 1.02;

    private final @Nullable DurationWindow[] buckets = new DurationWindow[SizeBuckets.COUNT];

    /** Measured time over typical time, in parts of {@link #UNIT}, over all buckets. */
    private final DurationWindow spreads = new DurationWindow(POOLED);

    private static final double UNIT = 1 << 20;

    private final double[] typical = new double[SizeBuckets.COUNT];
    private final double[] safe = new double[SizeBuckets.COUNT];
    private double alpha;
    private double beta;
    private int known;
    private int largestSeen;
    private long batches;

    private int run;
    private int suspects;
    private boolean runIsSlow;
    private double runScale = 1;
    private long runFirstEnd;
    private final int[] runSizes = new int[RUN];
    private final double[] runTimes = new double[RUN];

    /** Multiplies both curves while an outlier that just came in has not been confirmed or refuted. */
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
        return alpha;
    }

    double betaNanos() {
        return beta;
    }

    /** 0 while nothing is known. */
    double typical(int size) {
        return known == 0 ? 0 : scale * at(typical, size);
    }

    /** 0 while nothing is known. */
    double safe(int size) {
        return known == 0 ? 0 : scale * at(safe, size);
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
        return (long) (window.percentile(95) * toSize * scale * slowdown);
    }

    List<SchedulerView.SizeView> sizeViews() {
        List<SchedulerView.SizeView> views = new ArrayList<>();
        for (int i = 0; i < SizeBuckets.COUNT; i++) {
            DurationWindow window = buckets[i];
            if (window != null) {
                views.add(new SchedulerView.SizeView(
                        SizeBuckets.upper(i), window.count(), window.median(), window.percentile(99), (long)
                                (scale * safe[i])));
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
        if (known > 0 && outlier(size, nanos, startedAt, endedAt)) {
            if (run < RUN) {
                return false;
            }
            beginAfresh();
            return true;
        }
        run = 0;
        scale = 1;
        add(size, nanos);
        return false;
    }

    /** Whether the batch is so far from the curve that it is held back for now. */
    private boolean outlier(int size, double nanos, long startedAt, long endedAt) {
        double ratio = nanos / Math.max(1, at(typical, size));
        boolean slow = ratio > FAR * Math.max(1, at(safe, size) / Math.max(1, at(typical, size)));
        boolean fast = ratio * FAR < 1;
        if (!slow && !fast || buckets[SizeBuckets.of(size)] == null) {
            // Of a size that was never measured nothing is known that could be contradicted.
            return false;
        }
        if (run > 0 && runIsSlow != slow) {
            run = 0;
        }
        boolean sameMoment = run > 0 && NanoTime.before(startedAt, runFirstEnd);
        if (run == 0) {
            runFirstEnd = endedAt;
            suspects = 0;
            runIsSlow = slow;
            runScale = ratio;
        }
        runScale = slow ? Math.min(runScale, ratio) : Math.max(runScale, ratio);
        if (++suspects >= RUN - 1) {
            scale = runScale;
        }
        if (!sameMoment || run < RUN - 2) {
            runSizes[run] = size;
            runTimes[run] = nanos;
            run++;
        }
        return true;
    }

    private void beginAfresh() {
        Arrays.fill(buckets, null);
        spreads.clear();
        known = 0;
        scale = 1;
        int last = run;
        run = 0;
        double before = Math.max(1, at(typical, runSizes[0]));
        double ratio = runTimes[0] / before;
        for (int i = 0; i < typical.length; i++) {
            // What is not measured again yet is taken to have changed as much.
            typical[i] *= ratio;
        }
        alpha *= ratio;
        beta *= ratio;
        for (int i = 0; i < last; i++) {
            add(runSizes[i], runTimes[i]);
        }
    }

    private void add(int size, double nanos) {
        int bucket = SizeBuckets.of(size);
        double expected = known == 0 ? 0 : at(typical, size);
        double toUpper = expected <= 0 ? 1 : typical[bucket] / expected;
        DurationWindow window = buckets[bucket];
        if (window == null) {
            window = new DurationWindow(PER_BUCKET);
            buckets[bucket] = window;
            known++;
        }
        window.add((long) Math.max(0, nanos * toUpper));
        largestSeen = Math.max(largestSeen, size);
        rebuild();
        if (window.count() < 2) {
            return;
        }
        spreads.add((long) (UNIT * Math.min(1e3, nanos / Math.max(1, at(typical, size)))));
    }

    private void rebuild() {
        fit();
        double pooled = spreads.count() == 0 ? LEAST_SPREAD : spreads.percentile(99) / UNIT;
        double spread = Math.max(LEAST_SPREAD, pooled + CAUTION * (pooled - 1));
        double typicalSoFar = 0;
        double safeSoFar = 0;
        for (int i = 0; i < SizeBuckets.COUNT; i++) {
            DurationWindow window = buckets[i];
            double middle;
            double high;
            if (window == null) {
                middle = alpha * SizeBuckets.upper(i) + beta;
                high = middle * spread;
            } else {
                middle = window.median();
                high = window.percentile(99);
                high += CAUTION * (high - middle);
                if (window.count() < ENOUGH) {
                    high = Math.max(high, middle * spread);
                }
            }
            typicalSoFar = Math.max(typicalSoFar, middle);
            safeSoFar = Math.max(safeSoFar, Math.max(high, typicalSoFar));
            typical[i] = typicalSoFar;
            safe[i] = safeSoFar;
        }
    }

    /** Least squares of relative errors over the medians; neither α nor β is negative. */
    private void fit() {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        int points = 0;
        for (int i = 0; i < SizeBuckets.COUNT; i++) {
            DurationWindow window = buckets[i];
            if (window == null) {
                continue;
            }
            double x = SizeBuckets.upper(i);
            double y = Math.max(1, window.median());
            double weight = Math.min(window.count(), 16) / (y * y);
            points++;
            w += weight;
            wx += weight * x;
            wy += weight * y;
            wxx += weight * x * x;
            wxy += weight * x * y;
        }
        double spread = w * wxx - wx * wx;
        if (points < 2 || spread <= 0) {
            alpha = wx <= 0 ? 0 : wy / wx;
            beta = 0;
            return;
        }
        alpha = Math.max(0, (w * wxy - wx * wy) / spread);
        beta = (wy - alpha * wx) / w;
        if (beta < 0) {
            beta = 0;
            alpha = wxy / wxx;
        }
    }
}
