package dev.sluice.cli.fleet;

import dev.sluice.cli.output.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a router answered.
 *
 * @param text JSON, as it came
 * @param etag of what it shows; empty where it has none
 */
record Reply(String text, String etag) {

    JsonNode json() {
        return Json.read(text);
    }
}
