package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Role;
import dev.sluice.frontend.page.Overviews.RouterSilent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LookoutTest {

    private final List<Link> links = new ArrayList<>(List.of(new FakeLink(Role.ROUTER, "router-0")));
    private final List<Long> askedAfter = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(5_000_000);
    private Mono<ObjectNode> answer = overview(1);

    private final Lookout lookout = new Lookout(
            () -> new Lookout.Frontend("frontend-0", true, OwnTraffic.NONE.now()),
            new KnownRouters(() -> links),
            (router, after) -> {
                askedAfter.add(after);
                return answer;
            },
            clock::get);

    private static Mono<ObjectNode> overview(int... events) {
        return Mono.fromSupplier(() -> {
            ObjectNode overview = JsonMapper.shared().createObjectNode().put("node", "router-0");
            var told = overview.putArray("events");
            for (int number : events) {
                told.addObject().put("number", number).put("at", "t" + number);
            }
            return overview;
        });
    }

    private Moment look() {
        return Objects.requireNonNull(lookout.look().block());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void putsThisFrontendAndItsRoutersTogether() {
        JsonNode now = json(look().now());
        assertThat(now.at("/atMillis").asDouble()).isEqualTo(5.0);
        assertThat(now.at("/frontend/node").asString()).isEqualTo("frontend-0");
        assertThat(now.at("/frontend/ready").asBoolean()).isTrue();
        assertThat(now.at("/routers/0/state").asString()).isEqualTo("up");
        assertThat(now.at("/routers/0/overview/node").asString()).isEqualTo("router-0");
    }

    @Test
    void showsARouterThatDoesNotTellAndGoesOn() {
        answer = Mono.error(new RouterSilent("It cannot be reached."));
        JsonNode silent = json(look().now()).at("/routers/0");
        assertThat(silent.path("state").asString()).isEqualTo("silent");
        assertThat(silent.path("problem").asString()).isEqualTo("It cannot be reached.");
        assertThat(silent.has("overview")).isFalse();
    }

    @Test
    void doesNotAskARouterThatIsNotLinkedAnyMore() {
        look();
        links.clear();
        JsonNode down = json(look().now()).at("/routers/0");
        assertThat(down.path("state").asString()).isEqualTo("down");
        assertThat(down.path("problem").asString()).contains("no link");
        assertThat(askedAfter).hasSize(1);
        links.add(new FakeLink(Role.ROUTER, "router-0"));
        assertThat(json(look().now()).at("/routers/0/state").asString()).isEqualTo("up");
        assertThat(askedAfter).hasSize(2);
    }

    @Test
    void asksForEventsThatItDoesNotHaveAndTellsOfThemApart() {
        answer = overview(1, 2);
        Moment first = look();
        answer = overview();
        Moment second = look();
        answer = overview(3);
        Moment third = look();
        assertThat(askedAfter).containsExactly(0L, 2L, 2L);
        assertThat(json(first.events())).hasSize(2);
        assertThat(second.events()).isSameAs(first.events());
        assertThat(json(third.events())).hasSize(3);
        assertThat(json(third.events()).at("/2/router").asString()).isEqualTo("router-0");
        assertThat(json(first.now()).at("/routers/0/overview").has("events")).isFalse();
    }
}
