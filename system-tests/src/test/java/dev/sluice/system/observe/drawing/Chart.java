package dev.sluice.system.observe.drawing;

import dev.sluice.system.observe.drawing.Samples.Span;
import dev.sluice.system.observe.drawing.Svg.Anchor;
import dev.sluice.system.observe.drawing.Svg.Stroke;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where times and values lie in a panel, and its axes. */
record Chart(Box plot, Span span, double low, double high, Unit unit) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Stroke GRID = new Stroke(Palette.GRID, 1);
    private static final double SMALL = 11;

    double x(double at) {
        return plot.x() + (at - span.from()) / span.length() * plot.w();
    }

    double y(double value) {
        return plot.bottom() - (value - low) / (high - low) * plot.h();
    }

    void drawValues(Svg svg) {
        for (double tick : Ticks.between(low, high, unit.size(high))) {
            svg.line(plot.x(), y(tick), plot.right(), y(tick), GRID);
            svg.text(plot.x() - 6, y(tick) + 4, SMALL, Palette.FAINT, Anchor.END, unit.format(tick));
        }
    }

    /** Whole multiples of what leaves room for the labels. */
    void drawTimes(Svg svg) {
        double step = 5;
        while (step * plot.w() / span.length() < 75) {
            step *= 2;
        }
        for (double at = Math.ceil(span.from() / step) * step; at <= span.to(); at += step) {
            svg.line(x(at), plot.y(), x(at), plot.bottom(), GRID);
            if (x(at) > plot.x() + 12 && x(at) < plot.right() - 12) {
                svg.text(
                        x(at),
                        plot.bottom() + 15,
                        SMALL,
                        Palette.FAINT,
                        Anchor.MIDDLE,
                        CLOCK.format(Instant.ofEpochSecond((long) at)));
            }
        }
    }
}
