package dev.sluice.router.fleet.file;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of one piece that the file has. Bounds are for the schema; the rules of goals hold them. */
final class Scalars {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final String TIME = "^(0|[1-9][0-9]{0,11})(ms|s|m|h)$";
    private static final Pattern TIME_PARTS = Pattern.compile(TIME);

    private Scalars() {}

    /** Numbers and truth values too: quotes are easily forgotten. */
    static Shape<String> text() {
        return text(Map.of("type", List.of("string", "number", "boolean")));
    }

    static Shape<String> text(Map<String, Object> schema) {
        return new Scalar<>(true, Optional::of, "Write a text.", schema);
    }

    static Shape<String> oneOf(Collection<String> choices) {
        TreeSet<String> sorted = new TreeSet<>(choices);
        return new Scalar<>(
                true,
                Optional::of,
                "Write one of: " + String.join(", ", sorted) + ".",
                Map.of("enum", List.copyOf(sorted)));
    }

    static Shape<Boolean> flag() {
        return new Scalar<>(
                false,
                text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "Write true or false.",
                Map.of("type", "boolean"));
    }

    static Shape<Integer> whole(int least, int most) {
        String range = most == Integer.MAX_VALUE
                ? "a whole number, " + least + " or more"
                : "a whole number from " + least + " to " + most;
        return new Scalar<>(
                false,
                text -> whole(text),
                "Write " + range + ".",
                Map.of("type", "integer", "minimum", least, "maximum", most));
    }

    private static Optional<Integer> whole(String text) {
        try {
            return WHOLE.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        } catch (NumberFormatException tooLong) {
            return Optional.empty();
        }
    }

    /** @param schema that says which numbers */
    static Shape<Double> number(String example, Map<String, Object> schema) {
        return new Scalar<>(
                false,
                text -> NUMBER.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty(),
                "Write a number, such as " + example + ".",
                schema);
    }

    static Shape<Duration> time() {
        return new Scalar<>(
                true,
                Scalars::time,
                "Write a duration with its unit, such as 250ms, 10s, 5m or 1h.",
                Map.of("type", "string", "pattern", TIME));
    }

    private static Optional<Duration> time(String text) {
        Matcher parts = TIME_PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }
}
