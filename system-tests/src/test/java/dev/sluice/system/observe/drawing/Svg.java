package dev.sluice.system.observe.drawing;

import java.util.Locale;

/** Writes a picture, shape by shape. */
final class Svg {

    private final StringBuilder shapes = new StringBuilder();

    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** How a line is drawn; no dash where that is empty. */
    record Stroke(String color, double width, String dash) {
        Stroke(String color, double width) {
            this(color, width, "");
        }
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    void box(Box box, String fill, String edge) {
        shapes.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\" fill=\"%s\" stroke=\"%s\"/>\n"
                .formatted(number(box.x()), number(box.y()), number(box.w()), number(box.h()), fill, edge));
    }

    void cell(Box box, String fill) {
        shapes.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n"
                .formatted(number(box.x()), number(box.y()), number(box.w()), number(box.h()), fill));
    }

    void text(double x, double y, double size, String fill, Anchor anchor, String text) {
        shapes.append("<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(
                        number(x),
                        number(y),
                        number(size),
                        fill,
                        anchor.name().toLowerCase(Locale.ROOT),
                        escaped(text)));
    }

    void line(double x1, double y1, double x2, double y2, Stroke stroke) {
        path("M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2), stroke);
    }

    void path(String path, Stroke stroke) {
        String dash = stroke.dash().isEmpty() ? "" : " stroke-dasharray=\"" + stroke.dash() + "\"";
        shapes.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n"
                .formatted(path, stroke.color(), number(stroke.width()), dash));
    }

    void area(String path, String fill, double opacity) {
        shapes.append("<path d=\"%s\" fill=\"%s\" fill-opacity=\"%.2f\"/>\n".formatted(path, fill, opacity));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String picture(double width, double height, String background, String title) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" font-family="Inter, Helvetica, Arial, sans-serif">
                <title>%s</title>
                <rect width="100%%" height="100%%" fill="%s"/>
                %s</svg>
                """.formatted(number(width), number(height), escaped(title), background, shapes);
    }
}
