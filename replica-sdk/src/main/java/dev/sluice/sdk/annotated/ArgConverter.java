package dev.sluice.sdk.annotated;

import dev.sluice.sdk.codec.GenericTypes;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;

/** Makes constructor arguments out of the strings of a configuration. */
final class ArgConverter {

    private record Rule(String expected, Function<String, Object> read) {}

    private static final Rule WHOLE_LONG = new Rule("a whole number", Long::valueOf);
    private static final Rule WHOLE_INT = new Rule("a whole number of at most 32 bits", Integer::valueOf);
    private static final Rule FRACTION = new Rule("a number", Double::valueOf);
    private static final Rule TRUTH = new Rule("true or false", ArgConverter::truth);

    private static final Map<Class<?>, Rule> RULES = Map.ofEntries(
            Map.entry(String.class, new Rule("a text", text -> text)),
            Map.entry(long.class, WHOLE_LONG),
            Map.entry(Long.class, WHOLE_LONG),
            Map.entry(int.class, WHOLE_INT),
            Map.entry(Integer.class, WHOLE_INT),
            Map.entry(double.class, FRACTION),
            Map.entry(Double.class, FRACTION),
            Map.entry(boolean.class, TRUTH),
            Map.entry(Boolean.class, TRUTH),
            Map.entry(Duration.class, new Rule("a duration, as 4ms, 2s or PT2S", DurationStyle::detectAndParse)),
            Map.entry(Path.class, new Rule("a path", Path::of)));

    private ArgConverter() {}

    static boolean supports(Type type) {
        return RULES.containsKey(GenericTypes.raw(type)) || isEnum(type) || isStrings(type);
    }

    /** @throws IllegalArgumentException whose message says what was expected, as a clause */
    static Object convert(String value, Type type) {
        String trimmed = value.trim();
        if (isStrings(type)) {
            return trimmed.isEmpty() ? List.of() : strings(trimmed);
        }
        if (isEnum(type)) {
            return constant(trimmed, GenericTypes.raw(type));
        }
        Rule rule = RULES.get(GenericTypes.raw(type));
        if (rule == null) {
            throw new IllegalArgumentException("nothing that can be configured");
        }
        try {
            return rule.read.apply(type == String.class ? value : trimmed);
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new IllegalArgumentException(rule.expected, wrong);
        }
    }

    /** A duration as {@code 4ms}, {@code 200us}, {@code 2s} or ISO-8601; empty where it is none. */
    static Optional<Duration> duration(String text) {
        try {
            return Optional.of(DurationStyle.detectAndParse(text.trim()));
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            return Optional.empty();
        }
    }

    private static boolean isEnum(Type type) {
        return GenericTypes.raw(type).isEnum();
    }

    private static boolean isStrings(Type type) {
        return GenericTypes.raw(type) == List.class && GenericTypes.argument(type, List.class) == String.class;
    }

    private static List<String> strings(String value) {
        return Arrays.stream(value.split(",", -1)).map(String::trim).toList();
    }

    private static Object constant(String value, Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(value.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of "
                        + Arrays.stream(constants)
                                .map(constant -> ((Enum<?>) constant).name())
                                .collect(Collectors.joining(", "))));
    }

    private static Boolean truth(String value) {
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Boolean.valueOf(value);
        }
        throw new IllegalArgumentException(value);
    }
}
