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

/** Looks at this frontend and asks all routers, for one {@link Moment}. One look at a time: the next begins after this has ended. */
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
        return Mono.defer(() -> Flux.fromIterable(routers.look())
                .flatMapSequential(this::ask, ROUTERS_AT_ONCE)
                .collectList()
                .map(this::moment));
    }

    private record Asked(Known router, ObjectNode shown) {}

    private Mono<Asked> ask(Known router) {
        return overviews
                .of(router.address(), recent.last(router.node()))
                .map(overview -> up(router, overview))
                .onErrorResume(RouterSilent.class, silent -> Mono.just(down(router, silent.why())));
    }

    private Asked up(Known router, ObjectNode overview) {
        ObjectNode shown = shown(router, router.linked() ? "up" : "unlinked");
        shown.set("overview", overview);
        return new Asked(router, shown);
    }

    private Asked down(Known router, String why) {
        return new Asked(
                router, shown(router, router.linked() ? "silent" : "down").put("problem", why));
    }

    private ObjectNode shown(Known router, String state) {
        return json.createObjectNode().put("node", router.node()).put("state", state);
    }

    private Moment moment(List<Asked> asked) {
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
