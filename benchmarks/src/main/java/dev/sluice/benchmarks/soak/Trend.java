package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.report.Median;
import java.util.ArrayList;
import java.util.List;

/**
 * A line through samples by the median of the slopes between any two of them (Theil 1950, Sen 1968): a few samples that are off do not
 * move it.
 *
 * @param perMinute what it rises by
 * @param step by how much the median of the last quarter is above that of the first: what rises in the end alone does not move the line
 */
record Trend(double start, double middle, double end, double perMinute, double step) {

    private static final int PARTS = 4;

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
                slopes.isEmpty() ? 0 : Median.of(slopes, slope -> slope),
                step(points));
    }

    private static double step(List<Point> points) {
        int quarter = Math.max(1, points.size() / PARTS);
        return Median.of(points.subList(points.size() - quarter, points.size()), Point::value)
                - Median.of(points.subList(0, quarter), Point::value);
    }

    /** What it rises by in so many minutes. */
    double growth(double minutes) {
        return perMinute * minutes;
    }
}
