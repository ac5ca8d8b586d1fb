package dev.sluice.examples.boothost;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Greets guests in their language, {@code {"name": "Ada", "language": "fr"}}, or in the one that the house speaks. */
@Actor(value = "greeter", idempotent = true, description = "greets {name, language?}; lengths, batched: of texts")
public class Greeter {

    private static final Map<String, String> HELLO =
            Map.of("de", "Guten Tag", "en", "Hello", "es", "Buenos días", "fr", "Bonjour", "it", "Buongiorno");

    private final String house;

    public Greeter(@Arg(value = "language", defaultValue = "en") String language) {
        this.house = known(language);
    }

    public Greeting call(Guest guest) {
        if (guest.name() == null || guest.name().isBlank()) {
            throw new IllegalArgumentException("a guest has a name");
        }
        String language = guest.language() == null ? house : known(guest.language());
        return new Greeting(HELLO.get(language) + ", " + guest.name() + "!", language);
    }

    /** How many characters each text has, as a reader counts them. */
    @BatchedInput(maxBatchSize = 128)
    public int[] lengths(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .toArray();
    }

    private static String known(String language) {
        String code = language.toLowerCase(Locale.ROOT);
        if (!HELLO.containsKey(code)) {
            throw new IllegalArgumentException(
                    "greetings are in " + HELLO.keySet().stream().sorted().toList() + ", not in " + language);
        }
        return code;
    }

    /** Who is greeted, and in which language if the guest minds. */
    public record Guest(@Nullable String name, @Nullable String language) {}

    /** The greeting, and the language that it is in. */
    public record Greeting(String text, String language) {}
}
