package dev.sluice.system.observe.drawing;

import dev.sluice.system.observe.drawing.Svg.Anchor;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The newest value of each series, in large figures. */
final class StatPanel {

    private final JsonNode panel;

    StatPanel(JsonNode panel) {
        this.panel = panel;
    }

    void draw(Svg svg, Box box, List<Series> series) {
        JsonNode defaults = panel.path("fieldConfig").path("defaults");
        Unit unit = Unit.named(defaults.path("unit").asString());
        int decimals = defaults.path("decimals").asInt(-1);
        Thresholds thresholds = Thresholds.of(panel);
        double width = box.w() / series.size();
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            double middle = box.x() + (i + 0.5) * width;
            String text = unit.format(one.last(), decimals);
            double size = Math.min(44, Math.min(box.h() * 0.55, width * 1.5 / text.length()));
            if (series.size() > 1) {
                svg.text(middle, box.y() + 20, 13, Palette.TEXT, Anchor.MIDDLE, one.name());
            }
            double baseline = box.y() + box.h() / 2 + size * 0.35 + (series.size() > 1 ? 8 : -4);
            svg.text(middle, baseline, size, thresholds.color(one.last()), Anchor.MIDDLE, text);
        }
    }
}
