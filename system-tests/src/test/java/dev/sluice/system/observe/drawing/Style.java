package dev.sluice.system.observe.drawing;

import dev.sluice.system.observe.drawing.Svg.Stroke;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * How one series of a panel is drawn: what the panel says for all, and what it says for this one.
 *
 * @param fill opacity of the area below it, from 0 to 1
 */
record Style(Stroke stroke, double fill, boolean stacked) {

    static Style of(JsonNode panel, String series, int index) {
        List<JsonNode> own = overrides(panel, series);
        JsonNode custom = panel.path("fieldConfig").path("defaults").path("custom");
        JsonNode fixed = last(own, "color").path("fixedColor");
        String color = fixed.isMissingNode() ? Palette.classic(index) : Palette.named(fixed.asString());
        double width = number(own, "custom.lineWidth", custom.path("lineWidth").asDouble(1));
        double fill =
                number(own, "custom.fillOpacity", custom.path("fillOpacity").asDouble(0));
        List<String> dash = new ArrayList<>();
        last(own, "custom.lineStyle").path("dash").forEach(length -> dash.add(length.asString()));
        JsonNode stacking = last(own, "custom.stacking");
        JsonNode mode = (stacking.isMissingNode() ? custom.path("stacking") : stacking).path("mode");
        return new Style(
                new Stroke(color, width + 0.3, String.join(" ", dash)),
                fill / 100,
                mode.asString("none").equals("normal"));
    }

    private static List<JsonNode> overrides(JsonNode panel, String series) {
        List<JsonNode> properties = new ArrayList<>();
        for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
            JsonNode matcher = override.path("matcher");
            String options = matcher.path("options").asString();
            boolean matches = switch (matcher.path("id").asString()) {
                case "byName" -> options.equals(series);
                case "byRegexp" -> series.matches(options.replaceAll("^/|/$", ""));
                default -> throw new IllegalArgumentException("Unknown matcher " + matcher);
            };
            if (matches) {
                properties.addAll(override.path("properties").values());
            }
        }
        return properties;
    }

    private static JsonNode last(List<JsonNode> properties, String id) {
        return properties.stream()
                .filter(property -> property.path("id").asString().equals(id))
                .map(property -> property.path("value"))
                .reduce((first, second) -> second)
                .orElse(MissingNode.getInstance());
    }

    private static double number(List<JsonNode> properties, String id, double otherwise) {
        JsonNode value = last(properties, id);
        return value.isMissingNode() ? otherwise : value.asDouble();
    }
}
