package dev.sluice.system.observe.drawing;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** From which value on a panel shows which colour. */
record Thresholds(List<Step> steps) {

    /** @param from below all numbers for the first */
    record Step(double from, String color) {}

    static Thresholds of(JsonNode panel) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step :
                panel.path("fieldConfig").path("defaults").path("thresholds").path("steps")) {
            JsonNode value = step.path("value");
            steps.add(new Step(
                    value.isNumber() ? value.asDouble() : Double.NEGATIVE_INFINITY,
                    Palette.named(step.path("color").asString())));
        }
        return new Thresholds(steps);
    }

    String color(double value) {
        String color = Palette.TEXT;
        for (Step step : steps) {
            color = value >= step.from() ? step.color() : color;
        }
        return color;
    }

    List<Step> lines() {
        return steps.stream().filter(step -> Double.isFinite(step.from())).toList();
    }
}
