package dev.sluice.benchmarks.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server replied.
 *
 * @param headers by their names in lower case
 * @param body of an event stream that is not read to its end: its beginning
 */
record Reply(int status, Map<String, String> headers, byte[] body) {

    private static final String EVENTS = "text/event-stream";

    static boolean isEvents(Map<String, String> headers) {
        return headers.getOrDefault("content-type", "").startsWith(EVENTS);
    }

    boolean isEvents() {
        return isEvents(headers);
    }

    boolean isOk() {
        return status >= 200 && status < 300;
    }

    /** Whether the frontend says that it was a query, and answered it. */
    boolean isAnswerToQuery() {
        return isOk() && headers.containsKey("sluice-id");
    }

    boolean saysThatItCloses() {
        return headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    String type() {
        return headers.getOrDefault("content-type", "");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Missing where it is none. */
    JsonNode json() {
        return json(body);
    }

    static JsonNode json(byte[] text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    /** The data of events that have no name, in order. */
    List<String> data() {
        List<String> data = new ArrayList<>();
        for (String event : text().split("\n\n")) {
            if (event.startsWith("data:")) {
                data.add(event.substring("data:".length()).strip());
            }
        }
        return data;
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + text();
    }
}
