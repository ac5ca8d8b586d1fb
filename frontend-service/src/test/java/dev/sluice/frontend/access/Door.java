package dev.sluice.frontend.access;

import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A way into a frontend.
 *
 * @param ask one query of an actor, and what becomes of it: the name of a code of refusals, or else {@link #SERVED}. What its caller
 *     shows is its key or token, null for nothing, and the tenant that it says it is
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

    /** What adapters make of codes. */
    static String byStatus(int status) {
        return Map.of(401, "UNAUTHENTICATED", 403, "FORBIDDEN", 429, "QUOTA").getOrDefault(status, SERVED);
    }

    @Override
    public String toString() {
        return name;
    }
}
