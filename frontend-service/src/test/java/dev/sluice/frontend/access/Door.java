package dev.sluice.frontend.access;

import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way into a frontend.
 *
 * @param ask one query of an actor, and what becomes of it: {@link #SERVED} where it is answered with a result, and else what the
 *     answer names, a code of refusals for instance. What its caller shows is its key or token, null for nothing, and the tenant that it
 *     says it is
 */
public record Door(String name, BiFunction<Shown, String, String> ask) {

    public static final String SERVED = "SERVED";

    public record Shown(@Nullable String secret, @Nullable String tenant) {}

    public String ask(@Nullable String secret, String actor) {
        return ask.apply(new Shown(secret, null), actor);
    }

    public String askAs(@Nullable String secret, String tenant, String actor) {
        return ask.apply(new Shown(secret, tenant), actor);
    }

    private static final Pattern CODE = Pattern.compile("\"code\": ?\"([A-Z_]+)\"");

    /** What a text says that has either a result, which looks like this, or a code. */
    static String byText(String text, String result) {
        Matcher code = CODE.matcher(text);
        if (code.find()) {
            return code.group(1);
        }
        return text.contains(result) ? SERVED : text;
    }

    @Override
    public String toString() {
        return name;
    }
}
