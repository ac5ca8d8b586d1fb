package dev.sluice.frontend.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened to the fleet last, as all routers tell of it. Not thread-safe. */
final class RecentEvents {

    /** So many are shown. */
    static final int KEPT = 200;

    private static final Comparator<JsonNode> BY_TIME =
            Comparator.comparing(event -> event.path("at").asString(""));

    private final Map<String, Long> last = new HashMap<>();
    private List<JsonNode> events = List.of();

    /** The number of the last that this router told of; 0 where it told of none. */
    long last(String router) {
        return last.getOrDefault(router, 0L);
    }

    /** Takes what a router told of, those that are new of it, the oldest first. */
    void add(String router, JsonNode told) {
        if (told.isEmpty()) {
            return;
        }
        List<JsonNode> all = new ArrayList<>(events);
        told.forEach(event -> {
            if (event instanceof ObjectNode object) {
                all.add(object.put("router", router));
            }
        });
        // A router that started anew counts from 1 again.
        last.put(router, told.path(told.size() - 1).path("number").asLong(0));
        all.sort(BY_TIME);
        events = List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
    }

    /** The oldest first. Another list as soon as there is one more. */
    List<JsonNode> all() {
        return events;
    }
}
