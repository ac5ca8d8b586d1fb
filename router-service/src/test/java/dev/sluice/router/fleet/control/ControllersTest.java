package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.placement.Rendezvous;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControllersTest {

    @Test
    void isAloneWhereNoHostKnowsOfAnother() {
        Controllers alone = Controllers.of("r0", List.of(List.of("r0"), List.of()));
        assertThat(alone.isAlone()).isTrue();
        assertThat(alone.live()).containsExactly("r0");
        assertThat(alone.isMine("any")).isTrue();
    }

    @Test
    void knowsOfAllRoutersThatAnyHostIsLinkedWith() {
        Controllers controllers = Controllers.of("r0", List.of(List.of("r1"), List.of("r2", "r1")));
        assertThat(controllers.live()).isEqualTo(Set.of("r0", "r1", "r2"));
        assertThat(controllers.isAlone()).isFalse();
    }

    @Test
    void givesEachActorToExactlyOneWhichIsTheOneThatGetsItsQueries() {
        List<String> live = List.of("r0", "r1", "r2");
        List<Controllers> all =
                live.stream().map(self -> Controllers.of(self, List.of(live))).toList();
        IntStream.range(0, 200).mapToObj(i -> "actor-" + i).forEach(actor -> {
            List<String> owners = all.stream()
                    .filter(each -> each.isMine(actor))
                    .map(Controllers::self)
                    .toList();
            assertThat(owners).hasSize(1);
            assertThat(Rendezvous.first(actor, live)).contains(owners.get(0));
        });
    }

    @Test
    void handsOverOnlyTheActorsOfARouterThatIsGone() {
        Controllers before = Controllers.of("r0", List.of(List.of("r1", "r2")));
        Controllers after = Controllers.of("r0", List.of(List.of("r1")));
        List<String> actors =
                IntStream.range(0, 200).mapToObj(i -> "actor-" + i).toList();
        assertThat(actors.stream().filter(before::isMine)).allMatch(after::isMine);
        Stream<String> gained = actors.stream().filter(actor -> after.isMine(actor) && !before.isMine(actor));
        assertThat(gained)
                .isNotEmpty()
                .allMatch(actor -> Rendezvous.first(actor, before.live()).equals(java.util.Optional.of("r2")));
    }
}
