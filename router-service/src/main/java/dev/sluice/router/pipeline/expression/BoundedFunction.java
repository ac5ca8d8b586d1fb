package dev.sluice.router.pipeline.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One of the library's functions, which is only begun where it will end in time and make no more than it may. */
final class BoundedFunction extends Jsonata.JFunction {

    /** Characters of padding: the library puts them before each other one by one. */
    private static final int MOST_PADDING = 10_000;

    /** Decimal places: a number has 324 at most. */
    private static final int MOST_PLACES = 400;

    /** What replacing one by one may go over in all: each time begins at the front. */
    private static final long MOST_PASSED = 10_000_000;

    private interface Look {
        void at(List<?> arguments, Bounds bounds);
    }

    private record Kind(String signature, String implementation, Look look) {}

    private static final Map<String, Kind> KINDS = kinds();

    private final Bounds bounds;
    private final Look look;

    private BoundedFunction(String name, Kind kind, Bounds bounds) {
        super(name, kind.signature(), Functions.class, null, kind.implementation());
        this.bounds = bounds;
        this.look = kind.look();
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new HashMap<>();
        kinds.put("pad", new Kind("<s-ns?:s>", "pad", BoundedFunction::pad));
        kinds.put("round", new Kind("<n-n?:n>", "round", BoundedFunction::round));
        kinds.put("match", new Kind("<s-f<s:o>n?:a<o>>", "match", (all, bounds) -> found(all, bounds)));
        kinds.put("contains", new Kind("<s-(sf):b>", "contains", BoundedFunction::contains));
        kinds.put("split", new Kind("<s-(sf)n?:a<s>>", "split", (all, bounds) -> found(all, bounds)));
        kinds.put("replace", new Kind("<s-(sf)(sf)n?:s>", "replace", BoundedFunction::replace));
        kinds.put("join", new Kind("<a<s>s?:s>", "join", BoundedFunction::join));
        kinds.put("string", new Kind("<x-b?:s>", "string", BoundedFunction::string));
        return Map.copyOf(kinds);
    }

    static Set<String> names() {
        return KINDS.keySet();
    }

    static BoundedFunction of(String name, Bounds bounds) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(name);
        }
        return new BoundedFunction(name, kind, bounds);
    }

    @Override
    public @Nullable Object call(@Nullable Object input, @SuppressWarnings("rawtypes") List args) {
        look.at((List<?>) args, bounds);
        return super.call(input, args);
    }

    private static @Nullable Object at(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static void pad(List<?> arguments, Bounds bounds) {
        if (at(arguments, 1) instanceof Number width && Math.abs(width.doubleValue()) > MOST_PADDING) {
            throw new Exceeded("$pad makes texts of up to " + MOST_PADDING + " characters, not of "
                    + Math.abs(width.longValue()) + ".");
        }
    }

    private static void round(List<?> arguments, Bounds bounds) {
        if (at(arguments, 1) instanceof Number places && Math.abs(places.doubleValue()) > MOST_PLACES) {
            throw new Exceeded("$round knows " + MOST_PLACES + " decimal places, not " + places.longValue() + ".");
        }
    }

    private static void contains(List<?> arguments, Bounds bounds) {
        if (at(arguments, 0) instanceof String text && at(arguments, 1) instanceof Pattern pattern) {
            matcher(text, pattern, bounds).find();
        }
    }

    private static Matcher matcher(String text, Pattern pattern, Bounds bounds) {
        return pattern.matcher(new BoundedText(text, bounds));
    }

    /** Looks for it as the library will, which does not look at the time; says how often it is there at most. */
    private static long found(List<?> arguments, Bounds bounds) {
        if (!(at(arguments, 0) instanceof String text)) {
            return 0;
        }
        if (!(at(arguments, 1) instanceof Pattern pattern)) {
            return at(arguments, 1) instanceof String token && !token.isEmpty() ? text.length() / token.length() : 0;
        }
        Matcher matcher = matcher(text, pattern, bounds);
        long count = 0;
        while (matcher.find()) {
            count++;
            bounds.inTime();
        }
        return count;
    }

    private static void replace(List<?> arguments, Bounds bounds) {
        long found = found(arguments, bounds);
        int length = at(arguments, 0) instanceof String text ? text.length() : 0;
        int by = at(arguments, 2) instanceof String replacement ? replacement.length() : 0;
        if (at(arguments, 3) instanceof Number limit) {
            double times = Math.max(0, limit.doubleValue());
            if (times > 1 && times * (length + times * by) > MOST_PASSED) {
                throw new Exceeded("$replace would take too long, " + limit + " times one by one.");
            }
        } else {
            bounds.characters(length + found * by);
        }
    }

    private static void join(List<?> arguments, Bounds bounds) {
        long separator = at(arguments, 1) instanceof String text ? text.length() : 0;
        if (at(arguments, 0) instanceof List<?> list) {
            bounds.characters(list.size() * separator);
            new Extent(bounds).count(list);
        }
    }

    private static void string(List<?> arguments, Bounds bounds) {
        new Extent(bounds).count(at(arguments, 0));
    }
}
