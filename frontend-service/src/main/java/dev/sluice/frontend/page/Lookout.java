package dev.sluice.frontend.page;

import dev.sluice.frontend.page.KnownRouters.Known;
import dev.sluice.frontend.page.Overviews.RouterSilent;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at this frontend and asks all routers, for one {@link Moment}. One look at a time: the next begins after this has ended. One
 * that was given up may still be at its last step then, so what looks share is guarded.
 */
final class Lookout {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Asked at once. */
    private static final int ROUTERS_AT_ONCE = 16;

    private final Supplier<Frontend> self;
    private final KnownRouters routers;
    private final Overviews overviews;
    private final LongSupplier clock;
    private final JsonMapper json = JsonMapper.shared();
    private final RecentEvents recent = new RecentEvents();
    private List<JsonNode> written = List.of();
    private String events = "[]";

    /**
     * This frontend.
     *
     * @param ready whether a router has told it which actors there are
     */
    record Frontend(String node, boolean ready, OwnTraffic.Sums traffic) {}

    /** @param clock monotonic, in nanoseconds: between two moments passes what it says */
    Lookout(Supplier<Frontend> self, KnownRouters routers, Overviews overviews, LongSupplier clock) {
        this.self = self;
        this.routers = routers;
        this.overviews = overviews;
        this.clock = clock;
    }

    Mono<Moment> look() {
        return Mono.defer(() -> Flux.fromIterable(questions())
                .flatMapSequential(this::ask, ROUTERS_AT_ONCE)
                .collectList()
                .map(this::moment));
    }

    /** @param after the router's events that are not known yet have larger numbers */
    private record Question(Known router, long after) {}

    private record Asked(Known router, ObjectNode shown) {}

    private synchronized List<Question> questions() {
        return routers.look().stream()
                .map(router -> new Question(router, recent.last(router.node())))
                .toList();
    }

    private Mono<Asked> ask(Question question) {
        Known router = question.router();
        if (!router.linked()) {
            // Whoever has its address by now would be sent the cluster secret; a link is proof that it is the router.
            return Mono.just(unheard(router, "down", "It has no link with this frontend."));
        }
        return overviews
                .of(router.address(), question.after())
                .map(overview -> up(router, overview))
                .onErrorResume(RouterSilent.class, silent -> Mono.just(unheard(router, "silent", silent.why())));
    }

    private Asked up(Known router, ObjectNode overview) {
        ObjectNode shown = shown(router, "up");
        shown.set("overview", overview);
        return new Asked(router, shown);
    }

    private Asked unheard(Known router, String state, String why) {
        return new Asked(router, shown(router, state).put("problem", why));
    }

    private ObjectNode shown(Known router, String state) {
        return json.createObjectNode().put("node", router.node()).put("state", state);
    }

    private synchronized Moment moment(List<Asked> asked) {
        ArrayNode shown = json.createArrayNode();
        for (Asked each : asked) {
            if (each.shown().path("overview") instanceof ObjectNode overview) {
                recent.add(each.router().node(), overview.path("events"));
                overview.remove("events");
            }
            shown.add(each.shown());
        }
        ObjectNode now = json.createObjectNode().put("atMillis", clock.getAsLong() / NANOS_PER_MILLI);
        now.set("frontend", json.valueToTree(self.get()));
        now.set("routers", shown);
        return new Moment(json.writeValueAsString(now), events());
    }

    private String events() {
        List<JsonNode> all = recent.all();
        if (all != written) {
            written = all;
            events = json.writeValueAsString(all);
        }
        return events;
    }
}
