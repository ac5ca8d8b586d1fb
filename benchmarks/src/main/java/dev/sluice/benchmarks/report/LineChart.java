package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over evenly spaced labels, as an SVG that reads on light and on dark. */
public final class LineChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int TOP = 44;
    private static final int RIGHT = 170;
    private static final int BOTTOM = 50;
    private static final String[] COLOURS = {"#1b7f4d", "#c2410c", "#2563eb", "#7c3aed", "#a16207", "#64748b"};

    /** Labels of marks are no nearer to each other than this, so that they can be read. */
    private static final double BETWEEN_LABELS = 11;

    private record Line(String name, double[] values) {}

    private record Mark(int index, String label) {}

    private final String title;
    private final String below;
    private final String[] labels;
    private final double most;
    private final List<Line> lines = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /**
     * @param below what the labels are
     * @param most the top of the vertical axis, which begins at 0
     */
    public LineChart(String title, String below, String[] labels, double most) {
        this.title = title;
        this.below = below;
        this.labels = labels;
        this.most = most;
    }

    /** One value for each label. */
    public LineChart line(String name, double... values) {
        lines.add(new Line(name, values));
        return this;
    }

    /**
     * An upright line where something happened. In the order of their places; of marks side by side only the first is named.
     *
     * @param index of the label where it happened
     */
    public LineChart mark(int index, String label) {
        marks.add(new Mark(index, label));
        return this;
    }

    /** Makes its folder where there is none. */
    public void writeTo(Path file) throws IOException {
        write(file, svg());
    }

    /** One below the other, in one picture. */
    public static void writeTo(Path file, LineChart... charts) throws IOException {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n"
                .formatted(WIDTH, HEIGHT * charts.length));
        for (int i = 0; i < charts.length; i++) {
            svg.append("<svg y=\"%d\" width=\"%d\" height=\"%d\">\n".formatted(i * HEIGHT, WIDTH, HEIGHT))
                    .append(charts[i].svg())
                    .append("</svg>\n");
        }
        write(file, svg.append("</svg>\n").toString());
    }

    private static void write(Path file, String svg) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, svg);
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n".formatted(WIDTH, HEIGHT));
        text(svg, LEFT, 24, "start", "#111", "<tspan font-size=\"15\">" + title + "</tspan>");
        for (int i = 0; i <= 4; i++) {
            double value = most * i / 4;
            double y = y(value);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y,
                    y));
            text(svg, LEFT - 8, y + 4, "end", "#444", String.format(Locale.ROOT, "%.0f", value));
        }
        int every = Math.max(1, labels.length / 10);
        for (int i = 0; i < labels.length; i += every) {
            text(svg, x(i), HEIGHT - BOTTOM + 18, "middle", "#444", labels[i]);
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "#444", below);
        drawMarks(svg);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS[i % COLOURS.length], i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, Line line, String colour, int place) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.values.length; i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(Math.min(most, line.values[i]))));
        }
        svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n"
                .formatted(colour, points.toString().strip()));
        double y = TOP + 8 + 20.0 * place;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>%n",
                WIDTH - RIGHT + 14,
                y - 6,
                colour));
        text(svg, WIDTH - RIGHT + 32, y, "start", "#111", line.name);
    }

    private void drawMarks(StringBuilder svg) {
        double free = LEFT;
        for (Mark mark : marks) {
            double x = x(mark.index);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#999\" stroke-dasharray=\"2 3\"/>%n",
                    x,
                    x,
                    TOP,
                    HEIGHT - BOTTOM));
            if (x >= free) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text transform=\"translate(%.1f %d) rotate(-90)\" text-anchor=\"end\" font-size=\"10\" fill=\"#666\">%s</text>%n",
                        x - 3,
                        TOP + 2,
                        mark.label));
                free = x + BETWEEN_LABELS;
            }
        }
    }

    private double x(int index) {
        return LEFT + (WIDTH - RIGHT - LEFT) * (double) index / Math.max(1, labels.length - 1);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / most;
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                text));
    }
}
