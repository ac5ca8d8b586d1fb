package dev.sluice.router.fleet.rollout;

import java.util.Map;
import java.util.SortedMap;

/**
 * A version's mean run times as a line over sizes, by least squares, each size as often as it was run: what batches of other sizes are
 * likely to take. It neither falls with the size, nor rises more than in proportion.
 */
final class RunLine {

    private final SortedMap<Integer, Mean> bySize;
    private double batches;
    private double meanRows;
    private double meanNanos;
    private double spread;
    private double slope;
    private double misfit;

    /** @param bySize by rows; at least one */
    RunLine(SortedMap<Integer, Mean> bySize) {
        this.bySize = bySize;
        for (Map.Entry<Integer, Mean> each : bySize.entrySet()) {
            double count = each.getValue().count();
            batches += count;
            meanRows += count * middle(each.getKey());
            meanNanos += count * each.getValue().value();
        }
        meanRows /= batches;
        meanNanos /= batches;
        double together = 0;
        for (Map.Entry<Integer, Mean> each : bySize.entrySet()) {
            double off = middle(each.getKey()) - meanRows;
            spread += each.getValue().count() * off * off;
            together += each.getValue().count() * off * each.getValue().value();
        }
        slope = spread == 0 ? 0 : Math.min(Math.max(0, together / spread), meanNanos / meanRows);
        misfit = misfit();
    }

    /** How far the means are from the line, squared: it is no better known than that. */
    private double misfit() {
        int freedom = bySize.size() - 2;
        double squares = 0;
        for (Map.Entry<Integer, Mean> each : bySize.entrySet()) {
            double off = each.getValue().value() - nanos(middle(each.getKey()));
            squares += each.getValue().count() * off * off;
        }
        return freedom <= 0 ? 0 : squares / batches * bySize.size() / freedom;
    }

    /** Batches are counted under the largest of the sizes that are about theirs: the steps between those are up to a quarter. */
    private static double middle(int rows) {
        int step = Math.max(1, Integer.highestOneBit(Math.max(1, rows - 1)) / 4);
        return rows - (step - 1) / 2.0;
    }

    private double nanos(double rows) {
        return meanNanos + slope * (rows - meanRows);
    }

    /** Whether more than one size is known. */
    boolean isSloped() {
        return spread > 0;
    }

    double batches() {
        return batches;
    }

    /** Of the batches that were run. */
    double meanRows() {
        return meanRows;
    }

    /** What batches of so many rows take at least, on average: where one size alone is known, smaller ones may take less in proportion. */
    RunTime least(double rows) {
        return at(rows, Math.min(1, rows / meanRows));
    }

    /** What they take at most. */
    RunTime most(double rows) {
        return at(rows, Math.max(1, rows / meanRows));
    }

    private RunTime at(double rows, double timesTheOnlySize) {
        double times = isSloped() ? 1 : timesTheOnlySize;
        double squares = 0;
        double common = 0;
        for (Map.Entry<Integer, Mean> each : bySize.entrySet()) {
            double tilt = spread == 0 ? 0 : (middle(each.getKey()) - meanRows) * (rows - meanRows) / spread;
            double part = each.getValue().count() * (1 / batches + tilt);
            squares += part * part * (each.getValue().variance() + misfit);
            common += part * Math.sqrt(each.getValue().variance());
        }
        // What slows one size in a look may slow all.
        return new RunTime(times * nanos(rows), times * Math.max(Math.sqrt(squares), Math.abs(common)));
    }
}
