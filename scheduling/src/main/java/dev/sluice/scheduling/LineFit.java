package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * The line αb + β through the medians of what was measured: least squares of relative errors, neither α nor β negative.
 * Not thread-safe.
 */
final class LineFit {

    /** More than so many batches of one size weigh no more. */
    private static final int MOST_WEIGHT = 16;

    private double alpha;
    private double beta;
    private double formerAlpha;
    private double formerBeta;

    double alpha() {
        return alpha;
    }

    double beta() {
        return beta;
    }

    double at(double size) {
        return alpha * size + beta;
    }

    /** The actor has changed: the line begins afresh, and keeps its shape until two sizes say otherwise. */
    void beginAfresh() {
        formerAlpha = alpha;
        formerBeta = beta;
    }

    /** How many times longer a batch of one size is taken to need than one of another, before any was measured. */
    double firstGuess(int size, int other) {
        double before = formerAlpha * other + formerBeta;
        return before > 0 ? (formerAlpha * size + formerBeta) / before : (double) size / other;
    }

    void through(@Nullable DurationWindow[] buckets) {
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
            double weight = Math.min(window.count(), MOST_WEIGHT) / (y * y);
            points++;
            w += weight;
            wx += weight * x;
            wy += weight * y;
            wxx += weight * x * x;
            wxy += weight * x * y;
        }
        double spread = w * wxx - wx * wx;
        if (points < 2 || spread <= 0) {
            throughOne(wx <= 0 ? 0 : wx / w, wx <= 0 ? 0 : wy / w);
            return;
        }
        alpha = Math.max(0, (w * wxy - wx * wy) / spread);
        beta = (wy - alpha * wx) / w;
        if (beta < 0) {
            beta = 0;
            alpha = wxy / wxx;
        }
    }

    /** In proportion to the line before; where there was none, twice the size is taken to cost twice as much. */
    private void throughOne(double size, double nanos) {
        double before = formerAlpha * size + formerBeta;
        if (before > 0) {
            alpha = formerAlpha * nanos / before;
            beta = formerBeta * nanos / before;
        } else {
            alpha = size <= 0 ? 0 : nanos / size;
            beta = 0;
        }
    }
}
