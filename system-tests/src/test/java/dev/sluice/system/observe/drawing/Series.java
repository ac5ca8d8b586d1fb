package dev.sluice.system.observe.drawing;

import java.util.List;

/**
 * One line of a panel.
 *
 * @param name as the legend has it
 * @param points by time, without those that are no numbers
 */
public record Series(String name, List<Point> points) {

    /** @param at seconds since the epoch */
    public record Point(double at, double value) {}

    double last() {
        return points.get(points.size() - 1).value();
    }

    double mean() {
        return points.stream().mapToDouble(Point::value).average().orElseThrow();
    }

    double max() {
        return points.stream().mapToDouble(Point::value).max().orElseThrow();
    }
}
