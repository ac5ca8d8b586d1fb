package dev.sluice.benchmarks.overload;

import java.util.List;

/**
 * One load, as one side bore it.
 *
 * @param scenario the mix of SLO classes
 * @param side whom it was sent to
 * @param load multiple of what the replicas can do
 * @param seconds of the measured time
 * @param upperBound of goodput for what was offered, in queries per second
 * @param tally how the queries ended
 */
record Level(String scenario, String side, double load, double seconds, double upperBound, Tally tally) {

    double offeredPerSecond() {
        return tally.sum(ClassTally::offeredCount) / seconds;
    }

    double goodput() {
        return tally.sum(ClassTally::good) / seconds;
    }

    /** Share of the upper bound, 0 to 1; a little beyond where more was offered by chance. */
    double ofUpperBound() {
        return goodput() / upperBound;
    }

    double attainment() {
        return shareOfOffered(tally.sum(ClassTally::good));
    }

    double late() {
        return shareOfOffered(tally.sum(ClassTally::late));
    }

    double refused() {
        return shareOfOffered(tally.refusals().getTotalCount());
    }

    double failed() {
        return shareOfOffered(tally.sum(ClassTally::failedCount));
    }

    double refusalMillis(double percentile) {
        return tally.refusals().getValueAtPercentile(percentile) / 1e6;
    }

    List<Double> attainmentByClass() {
        return tally.classes().stream().map(ClassTally::attainment).toList();
    }

    private double shareOfOffered(long count) {
        long offered = tally.sum(ClassTally::offeredCount);
        return offered == 0 ? 0 : (double) count / offered;
    }
}
