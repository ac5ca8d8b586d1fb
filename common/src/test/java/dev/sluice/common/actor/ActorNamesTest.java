package dev.sluice.common.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"vadder", "Model-7", "a", "9lives", "my_actor.v1", "healthy", "links"})
    void acceptsWhatFitsIntoOnePathSegment(String name) {
        assertThat(ActorNames.actorProblem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "ä", "a$b", "..", ".hidden", "-x", "_x", "a?b", "a%20b", "a\u0000"})
    void refusesWhatWouldNot(String name) {
        assertThat(ActorNames.actorProblem(name))
                .get()
                .asString()
                .contains("actor")
                .endsWith(".");
        assertThat(ActorNames.methodProblem(name)).get().asString().contains("method");
        assertThat(ActorNames.versionProblem(name)).get().asString().contains("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "V2", "actuator", "Link", "swagger-ui.html"})
    void refusesReservedNamesOfActorsWhateverTheirCase(String name) {
        assertThat(ActorNames.actorProblem(name))
                .get()
                .asString()
                .contains(name)
                .contains("reserved");
        assertThat(ActorNames.methodProblem(name)).isEmpty();
    }

    @Test
    void refusesTheEmptyAndTheEndless() {
        assertThat(ActorNames.actorProblem("")).isPresent();
        assertThat(ActorNames.actorProblem("x".repeat(ActorNames.MAX_LENGTH))).isEmpty();
        assertThat(ActorNames.actorProblem("x".repeat(ActorNames.MAX_LENGTH + 1)))
                .isPresent();
    }

    @Test
    void keepsTheReservedNamesInLowerCaseAsTheComparisonNeeds() {
        assertThat(ActorNames.RESERVED)
                .allSatisfy(name -> assertThat(name).isEqualTo(name.toLowerCase(java.util.Locale.ROOT)));
    }
}
