package dev.sluice.benchmarks.fleet;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event of a router.
 *
 * @param at seconds from the start
 */
record Happened(double at, String kind, String version, String host, String reason) {

    static Happened of(Timebase time, JsonNode event) {
        return new Happened(
                time.at(Instant.parse(event.path("at").asString())),
                event.path("kind").asString(""),
                event.path("version").asString(""),
                event.path("host").asString(""),
                event.path("reason").asString(""));
    }

    /** Whether it is the autoscaler's decision that there are to be more. */
    boolean isUp() {
        return kind.equals("scale") && reason.contains(" up from ");
    }
}
