package dev.sluice.system.observe.drawing;

import dev.sluice.system.observe.drawing.Samples.Span;
import dev.sluice.system.observe.drawing.Series.Point;
import dev.sluice.system.observe.drawing.Svg.Anchor;
import dev.sluice.system.observe.drawing.Svg.Stroke;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Lines over time, and below them a table of what they are. */
final class TimeSeriesPanel {

    private static final double ROW = 16;
    private static final double LEFT = 74;

    /** @param points where it is drawn: above what it is stacked on */
    private record Drawn(Series series, Style style, List<Point> points, List<Point> base) {}

    private final JsonNode panel;
    private final Unit unit;

    TimeSeriesPanel(JsonNode panel) {
        this.panel = panel;
        this.unit = Unit.named(
                panel.path("fieldConfig").path("defaults").path("unit").asString());
    }

    void draw(Svg svg, Box box, List<Series> series, Span span) {
        int room = (int) (box.h() * 0.36 / ROW) - 1;
        double table = (Math.min(series.size(), room) + 1) * ROW;
        List<Drawn> drawn = stacked(series);
        Chart chart = chart(drawn, box.inset(LEFT, 6, 12, table + 26), span);
        chart.drawTimes(svg);
        chart.drawValues(svg);
        drawn.forEach(line -> drawArea(svg, chart, line));
        drawThresholds(svg, chart);
        drawn.forEach(line -> svg.path(path(chart, line.points()), line.style().stroke()));
        drawLegend(svg, new Box(box.x(), box.bottom() - table, box.w(), table), drawn, room);
    }

    private List<Drawn> stacked(List<Series> series) {
        Map<Double, Double> heights = new HashMap<>();
        List<Drawn> drawn = new ArrayList<>();
        for (Series one : series) {
            Style style = Style.of(panel, one.name(), drawn.size());
            List<Point> points = new ArrayList<>();
            List<Point> base = new ArrayList<>();
            for (Point point : one.points()) {
                double below = style.stacked() ? heights.getOrDefault(point.at(), 0.0) : 0;
                base.add(new Point(point.at(), below));
                points.add(new Point(point.at(), below + point.value()));
                if (style.stacked()) {
                    heights.put(point.at(), below + point.value());
                }
            }
            drawn.add(new Drawn(one, style, points, base));
        }
        return drawn;
    }

    private Chart chart(List<Drawn> drawn, Box plot, Span span) {
        JsonNode defaults = panel.path("fieldConfig").path("defaults");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Drawn line : drawn) {
            for (Point point : line.points()) {
                low = Math.min(low, point.value());
                high = Math.max(high, point.value());
            }
        }
        low = defaults.path("min").asDouble(low);
        high = defaults.path("max").asDouble(high + (high - low) * 0.06);
        return new Chart(plot, span, low, high > low ? high : low + 1, unit);
    }

    /** One area for each stretch without a gap. */
    private void drawArea(Svg svg, Chart chart, Drawn line) {
        if (line.style().fill() == 0) {
            return;
        }
        int first = 0;
        for (int i = 1; i <= line.points().size(); i++) {
            if (i == line.points().size() || gap(chart, line.points(), i)) {
                List<Point> back = new ArrayList<>(line.base().subList(first, i));
                Collections.reverse(back);
                String edge = path(chart, line.points().subList(first, i))
                        + path(chart, back).replace('M', 'L') + "Z";
                svg.area(edge, line.style().stroke().color(), line.style().fill());
                first = i;
            }
        }
    }

    private static boolean gap(Chart chart, List<Point> points, int index) {
        return Math.abs(points.get(index).at() - points.get(index - 1).at())
                > chart.span().step() * 1.5;
    }

    private void drawThresholds(Svg svg, Chart chart) {
        String style = panel.path("fieldConfig")
                .path("defaults")
                .path("custom")
                .path("thresholdsStyle")
                .path("mode")
                .asString("off");
        if (style.equals("off")) {
            return;
        }
        for (Thresholds.Step step : Thresholds.of(panel).lines()) {
            if (step.from() >= chart.low() && step.from() <= chart.high()) {
                double y = chart.y(step.from());
                svg.line(chart.plot().x(), y, chart.plot().right(), y, new Stroke(step.color(), 1, "8 5"));
            }
        }
    }

    /** A gap where samples are missing. */
    private static String path(Chart chart, List<Point> points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            double y = chart.y(points.get(i).value());
            path.append(i == 0 || gap(chart, points, i) ? 'M' : 'L')
                    .append(Svg.number(chart.x(points.get(i).at())))
                    .append(' ')
                    .append(Svg.number(
                            Math.max(chart.plot().y(), Math.min(chart.plot().bottom(), y))));
        }
        return path.toString();
    }

    private void drawLegend(Svg svg, Box box, List<Drawn> drawn, int room) {
        double mean = box.right() - 100;
        double max = box.right() - 12;
        svg.text(box.x() + 12, box.y() + 8, 11, Palette.FAINT, Anchor.START, "Name");
        svg.text(mean, box.y() + 8, 11, Palette.FAINT, Anchor.END, "Mean");
        svg.text(max, box.y() + 8, 11, Palette.FAINT, Anchor.END, "Max");
        int whole = drawn.size() > room ? room - 1 : drawn.size();
        double y = box.y() + 8;
        for (Drawn line : drawn.subList(0, whole)) {
            y += ROW;
            svg.cell(new Box(box.x() + 12, y - 5, 12, 3), line.style().stroke().color());
            svg.text(
                    box.x() + 30,
                    y,
                    11.5,
                    Palette.TEXT,
                    Anchor.START,
                    line.series().name());
            svg.text(
                    mean,
                    y,
                    11.5,
                    Palette.TEXT,
                    Anchor.END,
                    unit.format(line.series().mean()));
            svg.text(
                    max,
                    y,
                    11.5,
                    Palette.TEXT,
                    Anchor.END,
                    unit.format(line.series().max()));
        }
        if (whole < drawn.size()) {
            String more = drawn.size() - whole + " more, by scrolling";
            svg.text(box.x() + 30, y + ROW, 11.5, Palette.FAINT, Anchor.START, more);
        }
    }
}
