package dev.sluice.frontend.access;

import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way into a frontend.
 *
 * @param ask one query of an actor, and what its caller hears. What it shows is its key or token, null for nothing, and the tenant that
 *     it says it is
 */
public record Door(String name, BiFunction<Shown, String, Heard> ask) {

    public static final String SERVED = "SERVED";

    /** Every query that is asked at a door belongs to this trace. */
    public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    static final String TRACEPARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    /**
     * What becomes of a query.
     *
     * @param outcome {@link #SERVED} where it is answered with a result, and else what the answer names, a code of refusals for instance
     * @param whole all that its caller gets to see: head, body, status, details
     */
    public record Heard(String outcome, String whole) {}

    public record Shown(@Nullable String secret, @Nullable String tenant) {}

    public String ask(@Nullable String secret, String actor) {
        return ask.apply(new Shown(secret, null), actor).outcome();
    }

    public String askAs(@Nullable String secret, String tenant, String actor) {
        return ask.apply(new Shown(secret, tenant), actor).outcome();
    }

    /** As {@link #ask}, of who shows nothing. */
    public Heard hear(String actor) {
        return ask.apply(new Shown(null, null), actor);
    }

    private static final Pattern CODE = Pattern.compile("\"code\": ?\"([A-Z_]+)\"");

    /** What a text says that has either a result, which looks like this, or a code. */
    static Heard byText(String text, String result) {
        Matcher code = CODE.matcher(text);
        if (code.find()) {
            return new Heard(code.group(1), text);
        }
        return new Heard(text.contains(result) ? SERVED : text, text);
    }

    @Override
    public String toString() {
        return name;
    }
}
