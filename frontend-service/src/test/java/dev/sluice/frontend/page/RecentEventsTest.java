package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecentEventsTest {

    private final RecentEvents recent = new RecentEvents();

    private static JsonNode events(int from, int to) {
        var events = JsonMapper.shared().createArrayNode();
        for (int number = from; number <= to; number++) {
            events.addObject().put("number", number).put("at", "2026-01-01T00:00:%05d".formatted(number));
        }
        return events;
    }

    private List<String> all() {
        return recent.all().stream()
                .map(event ->
                        event.path("router").asString() + event.path("number").asLong())
                .toList();
    }

    @Test
    void putsThoseOfAllRoutersInOneOrder() {
        recent.add("a", events(1, 1));
        recent.add("b", events(2, 2));
        recent.add("a", events(3, 3));
        assertThat(all()).containsExactly("a1", "b2", "a3");
        assertThat(recent.last("a")).isEqualTo(3);
        assertThat(recent.last("b")).isEqualTo(2);
        assertThat(recent.last("c")).isZero();
    }

    @Test
    void goesOnWithARouterThatCountsFromOneAgain() {
        recent.add("a", events(7, 9));
        recent.add("a", events(1, 2));
        assertThat(recent.last("a")).isEqualTo(2);
        assertThat(all()).hasSize(5);
    }

    @Test
    void keepsTheLast() {
        recent.add("a", events(1, RecentEvents.KEPT + 50));
        assertThat(all()).hasSize(RecentEvents.KEPT).first().isEqualTo("a51");
    }

    @Test
    void isTheSameListAsLongAsNothingHappens() {
        recent.add("a", events(1, 2));
        List<JsonNode> before = recent.all();
        recent.add("a", events(1, 0));
        assertThat(recent.all()).isSameAs(before);
    }
}
