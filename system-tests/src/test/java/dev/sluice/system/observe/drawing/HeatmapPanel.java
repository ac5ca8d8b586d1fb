package dev.sluice.system.observe.drawing;

import dev.sluice.system.observe.drawing.Samples.Span;
import dev.sluice.system.observe.drawing.Series.Point;
import dev.sluice.system.observe.drawing.Svg.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How many fell into each bucket of a histogram, over time. */
final class HeatmapPanel {

    private final Unit unit;
    private final double exponent;

    HeatmapPanel(JsonNode panel) {
        JsonNode options = panel.path("options");
        this.unit = Unit.named(options.path("yAxis").path("unit").asString());
        this.exponent = options.path("color").path("exponent").asDouble(1);
    }

    /** @param cumulative named by the upper ends of the buckets */
    void draw(Svg svg, Box box, List<Series> cumulative, Span span) {
        List<Series> buckets = buckets(cumulative);
        Chart chart = new Chart(box.inset(74, 6, 12, 26), span, 0, buckets.size(), unit);
        chart.drawTimes(svg);
        double most = buckets.stream().mapToDouble(Series::max).max().orElse(1);
        double width = span.step() / span.length() * chart.plot().w();
        double height = chart.plot().h() / buckets.size();
        for (int i = 0; i < buckets.size(); i++) {
            double y = chart.y(i + 1);
            svg.text(
                    chart.plot().x() - 6,
                    y + height / 2 + 4,
                    11,
                    Palette.FAINT,
                    Anchor.END,
                    "≤ " + buckets.get(i).name());
            for (Point point : buckets.get(i).points()) {
                double x = chart.x(point.at());
                double room = Math.min(width, chart.plot().right() - x);
                if (point.value() > 1e-9 && room > 1) {
                    double share = Math.pow(point.value() / most, exponent);
                    svg.cell(new Box(x, y + 0.5, room - 0.5, height - 1), Palette.heat(share));
                }
            }
        }
    }

    private List<Series> buckets(List<Series> cumulative) {
        Map<Double, Double> below = new HashMap<>();
        List<Series> buckets = new ArrayList<>();
        for (Series one : cumulative.stream()
                .sorted(Comparator.comparingDouble(HeatmapPanel::end))
                .toList()) {
            List<Point> points = new ArrayList<>();
            for (Point point : one.points()) {
                points.add(new Point(point.at(), point.value() - below.getOrDefault(point.at(), 0.0)));
                below.put(point.at(), point.value());
            }
            double end = end(one);
            buckets.add(new Series(Double.isInfinite(end) ? "∞" : unit.format(end), points));
        }
        return buckets;
    }

    private static double end(Series bucket) {
        return bucket.name().equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.name());
    }
}
