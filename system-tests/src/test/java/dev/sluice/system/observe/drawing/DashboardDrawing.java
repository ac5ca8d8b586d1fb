package dev.sluice.system.observe.drawing;

import dev.sluice.system.observe.drawing.Samples.Span;
import dev.sluice.system.observe.drawing.Svg.Anchor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A whole dashboard: its heading, what can be chosen, and each panel at its place in the grid. */
public final class DashboardDrawing {

    private static final double WIDTH = 1440;
    private static final double HEADING = 92;
    private static final double UNIT = 38;
    private static final double GAP = 8;
    private static final int COLUMNS = 24;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final JsonNode dashboard;
    private final Samples samples;
    private final Svg svg = new Svg();

    private DashboardDrawing(JsonNode dashboard, Samples samples) {
        this.dashboard = dashboard;
        this.samples = samples;
    }

    /**
     * An SVG document.
     *
     * @throws IllegalArgumentException if the dashboard has something that is not drawn here
     */
    public static String of(JsonNode dashboard, Samples samples) {
        return new DashboardDrawing(dashboard, samples).picture();
    }

    private String picture() {
        String title = dashboard.path("title").asString();
        drawHeading(title);
        double bottom = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            Box box = place(panel.path("gridPos"));
            bottom = Math.max(bottom, box.bottom());
            draw(panel, box);
        }
        return svg.picture(WIDTH, bottom + 2 * GAP, Palette.PAGE, title);
    }

    private void drawHeading(String title) {
        svg.text(16, 34, 20, Palette.TEXT, Anchor.START, title);
        Span span = samples.span();
        String times = CLOCK.format(Instant.ofEpochSecond((long) span.from())) + " to "
                + CLOCK.format(Instant.ofEpochSecond((long) span.to())) + " UTC";
        svg.text(WIDTH - 16, 34, 13, Palette.FAINT, Anchor.END, times);
        double x = 16;
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            String label = variable.path("label").asString();
            double width = 22 + label.length() * 7.5;
            svg.box(new Box(x, 52, width, 28), Palette.PANEL, Palette.EDGE);
            svg.text(x + 11, 71, 13, Palette.TEXT, Anchor.START, label);
            svg.box(new Box(x + width, 52, 54, 28), Palette.PAGE, Palette.EDGE);
            svg.text(x + width + 11, 71, 13, Palette.TEXT, Anchor.START, "All");
            x += width + 54 + 12;
        }
    }

    private static Box place(JsonNode grid) {
        double column = (WIDTH - GAP) / COLUMNS;
        return new Box(
                GAP + grid.path("x").asDouble() * column,
                HEADING + grid.path("y").asDouble() * UNIT,
                grid.path("w").asDouble() * column - GAP,
                grid.path("h").asDouble() * UNIT - GAP);
    }

    private void draw(JsonNode panel, Box box) {
        String title = panel.path("title").asString();
        String type = panel.path("type").asString();
        if (type.equals("row")) {
            svg.text(box.x() + 6, box.bottom() - 8, 15, Palette.TEXT, Anchor.START, "⌄  " + title);
            return;
        }
        svg.box(box, Palette.PANEL, Palette.EDGE);
        svg.text(box.x() + 12, box.y() + 21, 13.5, Palette.TEXT, Anchor.START, title);
        Box inside = box.inset(0, 30, 0, 8);
        List<Series> series = new ArrayList<>();
        panel.path("targets").forEach(target -> series.addAll(samples.of(target)));
        if (series.isEmpty()) {
            svg.text(
                    inside.x() + inside.w() / 2,
                    inside.y() + inside.h() / 2,
                    14,
                    Palette.FAINT,
                    Anchor.MIDDLE,
                    "No data");
            return;
        }
        switch (type) {
            case "timeseries" -> new TimeSeriesPanel(panel).draw(svg, inside, series, samples.span());
            case "stat" -> new StatPanel(panel).draw(svg, inside, series);
            case "heatmap" -> new HeatmapPanel(panel).draw(svg, inside, series, samples.span());
            default -> throw new IllegalArgumentException("A panel of the type " + type + " is not drawn");
        }
    }
}
