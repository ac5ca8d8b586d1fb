package dev.sluice.router.fleet.rollout;

/**
 * A mean over many looks, each of which sees several: how far it may be from the true one is reckoned from how looks differ, not what they
 * see, for what is seen in one look may have one cause. A ratio of sums (Cochran, Sampling Techniques, 1977, 2.11). Not thread-safe.
 */
final class Mean {

    private long looks;
    private double values;
    private double counts;
    private double valuesValues;
    private double valuesCounts;
    private double countsCounts;

    /**
     * A look has seen something.
     *
     * @param value of all that it saw, together
     * @param count of what it saw; more than 0
     */
    void add(double value, double count) {
        looks++;
        values += value;
        counts += count;
        valuesValues += value * value;
        valuesCounts += value * count;
        countsCounts += count * count;
    }

    /** Those that saw anything. */
    long looks() {
        return looks;
    }

    /** What they saw. */
    double count() {
        return counts;
    }

    /** 0 where nothing was seen. */
    double value() {
        return counts == 0 ? 0 : values / counts;
    }

    double variance() {
        if (counts == 0) {
            return 0;
        }
        double mean = value();
        double squares = valuesValues - 2 * mean * valuesCounts + mean * mean * countsCounts;
        return Math.max(0, squares) / (counts * counts);
    }
}
