package dev.sluice.common.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static final List<String> NODES = List.of("router-0", "router-1", "router-2", "router-3");

    private static List<String> actors(int count) {
        return IntStream.range(0, count).mapToObj(i -> "actor-" + i).toList();
    }

    private static String first(String actor, List<String> nodes) {
        return Rendezvous.first(actor, nodes).orElseThrow();
    }

    @Test
    void findsNobodyAmongNone() {
        assertThat(Rendezvous.first("a", List.of())).isEmpty();
    }

    @Test
    void findsTheHeaviest() {
        for (String actor : actors(100)) {
            long heaviest = NODES.stream()
                    .mapToLong(node -> Rendezvous.weight(actor, node))
                    .max()
                    .orElseThrow();
            assertThat(Rendezvous.weight(actor, first(actor, NODES))).isEqualTo(heaviest);
        }
    }

    @Test
    void findsTheSameInWhateverOrderNodesAreNamed() {
        Random random = new Random(1);
        List<String> shuffled = new ArrayList<>(NODES);
        for (String actor : actors(100)) {
            Collections.shuffle(shuffled, random);
            assertThat(first(actor, shuffled)).isEqualTo(first(actor, NODES));
        }
    }

    @Test
    void agreesOnOneOfTwoThatAreEquallyHeavy() {
        assertThat(Rendezvous.weight("a", "Aa")).isEqualTo(Rendezvous.weight("a", "BB"));
        assertThat(Rendezvous.first("a", List.of("Aa", "BB"))).isEqualTo(Optional.of("BB"));
        assertThat(Rendezvous.first("a", List.of("BB", "Aa"))).isEqualTo(Optional.of("BB"));
    }

    @Test
    void dividesActorsAboutEvenlyThoughNamesAreAlike() {
        Map<String, Long> each = actors(4_000).stream()
                .map(actor -> first(actor, NODES))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(each.keySet()).containsExactlyInAnyOrderElementsOf(NODES);
        assertThat(each.values()).allMatch(count -> count > 900 && count < 1_100);
    }

    @Test
    void movesOnlyTheActorsOfANodeThatIsGone() {
        List<String> fewer = NODES.subList(0, 3);
        for (String actor : actors(1_000)) {
            String before = first(actor, NODES);
            if (!before.equals("router-3")) {
                assertThat(first(actor, fewer)).isEqualTo(before);
            }
        }
    }

    /** Frontends and routers of other releases have to agree. */
    @Test
    void weighsAsItAlwaysDid() {
        assertThat(Rendezvous.weight("a", "router-0")).isEqualTo(-325588290144642898L);
        assertThat(Rendezvous.weight("resize", "router-1")).isEqualTo(-147403140010320974L);
        assertThat(Rendezvous.weight("", "")).isZero();
    }
}
