package dev.sluice.scheduling;

/**
 * What may be promised of batches whose times are like those of a window: the 99th percentile, and somewhat more, since
 * that of a short window is itself uncertain.
 *
 * <p>Where the 99th percentile is far above the 95th, some few batches take that long whatever their size: planning for
 * them would make every batch a fraction of what it could be, to save those few. Then the 95th is promised, or, if that is
 * far above it too, the 90th. Far is what lies so many times further from the middle: of normal, exponential and most
 * log-normal times the 99th percentile does not, of those that a pause hits now and then it does.
 */
final class Promise {

    private static final int[] PERCENTILES = {99, 95, 90};

    private static final double FAR = 3;

    /** What differs by less costs hardly anything to be planned for. */
    private static final double NOTABLE = 1.25;

    /** So much of the distance from the middle is added. */
    private static final double CAUTION = 0.4;

    private Promise() {}

    /** @param middle what the window's times are typically */
    static double of(DurationWindow window, double middle) {
        double high = window.percentile(PERCENTILES[0]);
        for (int i = 1; i < PERCENTILES.length; i++) {
            double lower = window.percentile(PERCENTILES[i]);
            if (high > NOTABLE * lower && high - middle > FAR * (lower - middle)) {
                high = lower;
            }
        }
        return high + CAUTION * (high - middle);
    }
}
