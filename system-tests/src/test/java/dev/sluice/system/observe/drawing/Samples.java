package dev.sluice.system.observe.drawing;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Answers the queries of panels. */
public interface Samples {

    /** What all panels show, in seconds since the epoch. */
    record Span(double from, double to, double step) {
        double length() {
            return to - from;
        }
    }

    Span span();

    /** None without a point. */
    List<Series> of(JsonNode target);
}
