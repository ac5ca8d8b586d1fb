package dev.sluice.examples.boothost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GreeterTest {

    private final Greeter greeter = new Greeter("en");

    @Test
    void greetsInTheLanguageOfTheGuest() {
        assertThat(greeter.call(new Greeter.Guest("Ada", "fr"))).isEqualTo(new Greeter.Greeting("Bonjour, Ada!", "fr"));
    }

    @Test
    void greetsInTheLanguageOfTheHouseWhereTheGuestDoesNotMind() {
        assertThat(new Greeter("DE").call(new Greeter.Guest("Ada", null)).text())
                .isEqualTo("Guten Tag, Ada!");
    }

    @Test
    void saysWhichLanguagesItKnows() {
        assertThatThrownBy(() -> greeter.call(new Greeter.Guest("Ada", "tlh")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("greetings are in [de, en, es, fr, it], not in tlh");
    }

    @Test
    void greetsNobodyWithoutAName() {
        assertThatThrownBy(() -> greeter.call(new Greeter.Guest(null, "en")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a guest has a name");
    }

    @Test
    void countsCharactersAsAReaderDoes() {
        assertThat(greeter.lengths(List.of("", "abc", "Zürich", "😀"))).containsExactly(0, 3, 6, 1);
    }
}
