package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.report.Median;
import java.util.ArrayList;
import java.util.List;

/**
 * A line through samples by the median of the slopes between any two of them (Theil 1950, Sen 1968): a few samples that are off do not
 * move it.
 *
 * @param perMinute what it rises by
 */
record Trend(double start, double middle, double end, double perMinute) {

    /** @param minutes when the sample was taken */
    record Point(double minutes, double value) {}

    /** @param points at least one, in order */
    static Trend of(List<Point> points) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            for (Point later : points.subList(i + 1, points.size())) {
                slopes.add((later.value - points.get(i).value) / (later.minutes - points.get(i).minutes));
            }
        }
        return new Trend(
                points.get(0).value,
                points.get(points.size() / 2).value,
                points.get(points.size() - 1).value,
                slopes.isEmpty() ? 0 : Median.of(slopes, slope -> slope));
    }

    /** What it rises by in so many minutes. */
    double growth(double minutes) {
        return perMinute * minutes;
    }
}
