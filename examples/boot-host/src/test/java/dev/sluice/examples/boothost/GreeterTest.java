package dev.sluice.examples.boothost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.QueryException;
import dev.sluice.examples.boothost.Greeter.Greeting;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.test.ActorKit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GreeterTest {

    private ActorKit greeter;

    @BeforeEach
    void start() {
        greeter = ActorKit.of(Greeter.class).arg("language", "de").start();
    }

    @AfterEach
    void close() {
        greeter.close();
    }

    @Test
    void greetsInTheLanguageOfTheGuest() {
        assertThat(greeter.call(Map.of("name", "Ada", "language", "fr"), Greeting.class))
                .isEqualTo(new Greeting("Bonjour, Ada!", "fr"));
    }

    @Test
    void greetsInTheLanguageOfTheHouseWhereTheGuestDoesNotMind() {
        assertThat(greeter.call(Map.of("name", "Ada"), Greeting.class))
                .isEqualTo(new Greeting("Guten Tag, Ada!", "de"));
    }

    @Test
    void saysWhichLanguagesItKnows() {
        assertThatThrownBy(() -> greeter.call(Map.of("name", "Ada", "language", "tlh")))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("greetings are in [de, en, es, fr, it], not in tlh");
    }

    @Test
    void doesNotStartInALanguageThatItDoesNotKnow() {
        assertThatThrownBy(
                        () -> ActorKit.of(Greeter.class).arg("language", "tlh").start())
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("not in tlh");
    }

    @Test
    void greetsNobodyWithoutAName() {
        assertThatThrownBy(() -> greeter.call(Map.of("language", "en")))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("a guest has a name");
    }

    @Test
    void countsCharactersAsAReaderDoes() {
        assertThat(greeter.callAll("lengths", List.of("", "abc", "Zürich", "😀")))
                .extracting(JsonNode::asInt)
                .containsExactly(0, 3, 6, 1);
    }
}
