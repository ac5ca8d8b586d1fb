package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterChoiceTest {

    private static final int ACTORS = 2_000;

    private final Routers owner = new Routers(actor -> {});

    @Test
    void movesOnlyTheActorsOfARouterThatLeaves() {
        List<RouterLink> all = well(5);
        for (RouterLink leaving : all) {
            List<RouterLink> rest = new ArrayList<>(all);
            rest.remove(leaving);
            for (int i = 0; i < ACTORS; i++) {
                RouterLink before = choose(i, all);
                RouterLink after = choose(i, rest);
                if (before == leaving) {
                    assertThat(after).isSameAs(RouterChoice.choose("actor-" + i, all, List.of(leaving)));
                } else {
                    assertThat(after).isSameAs(before);
                }
            }
        }
    }

    @Test
    void spreadsActorsOverRouters() {
        List<RouterLink> all = well(4);
        Map<RouterLink, Integer> counts = new HashMap<>();
        for (int i = 0; i < ACTORS; i++) {
            counts.merge(choose(i, all), 1, Integer::sum);
        }
        // A fair share is 500 with a standard deviation of 19: this is six of them.
        assertThat(counts).hasSize(4);
        assertThat(counts.values()).allMatch(count -> Math.abs(count - ACTORS / 4) < 6 * 19);
    }

    @Test
    void agreesWhateverTheOrderInWhichRoutersWereLinked() {
        List<RouterLink> all = well(5);
        List<RouterLink> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        for (int i = 0; i < ACTORS; i++) {
            assertThat(choose(i, reversed)).isSameAs(choose(i, all));
        }
    }

    @Test
    void asksTheWellBeforeTheDrainingAndTheFreshAndThoseBeforeOnesThatAreBoth() {
        for (int i = 0; i < 200; i++) {
            RouterLink well = well("well-" + i);
            RouterLink draining = well("draining-" + i);
            draining.received(new Frame.Drain());
            RouterLink fresh = fresh("fresh-" + i);
            RouterLink both = fresh("both-" + i);
            both.received(new Frame.Drain());
            List<RouterLink> all = List.of(both, draining, well, fresh);
            List<RouterLink> order = new ArrayList<>();
            for (int rank = 0; rank < 4; rank++) {
                order.add(RouterChoice.choose("actor-" + i, all, order));
            }
            assertThat(order.get(0)).isSameAs(well);
            assertThat(order.subList(1, 3)).containsExactlyInAnyOrder(draining, fresh);
            assertThat(order.get(3)).isSameAs(both);
        }
    }

    @Test
    void spreadsAHotActorOverTheFirstOfItsRouters() {
        List<RouterLink> all = well(4);
        RouterLink first = choose(1, all);
        RouterLink second = RouterChoice.choose("actor-1", all, List.of(first));
        assertThat(RouterChoice.choose("actor-1", all, List.of(), 0)).isSameAs(first);
        assertThat(RouterChoice.choose("actor-1", all, List.of(), 1)).isSameAs(second);
        assertThat(RouterChoice.choose("actor-1", List.of(first), List.of(), 1))
                .as("where there is one alone")
                .isSameAs(first);
        assertThat(RouterChoice.choose("actor-1", List.of(first), List.of(first), 1))
                .isNull();
    }

    @Test
    void spreadsNothingToARouterThatDrainsWhileAnotherIsWell() {
        RouterLink well = well("well");
        RouterLink draining = well("draining");
        draining.received(new Frame.Drain());
        for (int place = 0; place < 4; place++) {
            assertThat(RouterChoice.choose("actor", List.of(draining, well), List.of(), place))
                    .isSameAs(well);
        }
    }

    @Test
    void takesTheLaterOfTwoLinksToOneNode() {
        RouterLink old = well("router-0");
        RouterLink next = well("router-0");
        assertThat(choose(1, List.of(old, next))).isSameAs(next);
    }

    @Test
    void choosesNoneWhereThereIsNone() {
        RouterLink only = well("router-0");
        assertThat(choose(1, List.of())).isNull();
        assertThat(RouterChoice.choose("actor", List.of(only), List.of(only))).isNull();
    }

    private static RouterLink choose(int actor, Collection<RouterLink> routers) {
        return RouterChoice.choose("actor-" + actor, routers, List.of());
    }

    private List<RouterLink> well(int count) {
        List<RouterLink> routers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            routers.add(well("host:" + (7000 + i)));
        }
        return routers;
    }

    private RouterLink well(String nodeId) {
        RouterLink router = fresh(nodeId);
        router.received(new Frame.Catalogue("{\"actors\": []}".getBytes(StandardCharsets.UTF_8)));
        return router;
    }

    private RouterLink fresh(String nodeId) {
        return new RouterLink(new FakeLink(Role.ROUTER, nodeId), owner);
    }
}
