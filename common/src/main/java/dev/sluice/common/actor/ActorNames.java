package dev.sluice.common.actor;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which names an actor, a version or a method may have. One rule for everyone who accepts a name: hosts when they load an
 * actor, routers when one is registered, frontends when they lay out their paths.
 */
public final class ActorNames {

    /** Longest name in characters; it is a path segment, a metric tag and a file name. */
    public static final int MAX_LENGTH = 100;

    /**
     * First path segments that belong to the platform, in lower case; an actor of that name could never be reached.
     * Compared without regard to case.
     */
    public static final Set<String> RESERVED = Set.of(
            "v2",
            "v3",
            "api-docs",
            "openapi",
            "openapi.json",
            "openapi.yaml",
            "swagger-ui",
            "swagger-ui.html",
            "webjars",
            "actuator",
            "health",
            "metrics",
            "error",
            "ui",
            "static",
            "assets",
            "index.html",
            "favicon.ico",
            "robots.txt",
            "link",
            "control",
            "login",
            "logout",
            "oauth2",
            "sluice");

    private ActorNames() {}

    /** What is wrong with the name of an actor, as a sentence for its author; empty where nothing is. */
    public static Optional<String> actorProblem(String name) {
        Optional<String> problem = problem("actor", name);
        if (problem.isEmpty() && RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    "The actor name \"" + name + "\" is reserved for the platform's own paths: choose another.");
        }
        return problem;
    }

    /** As {@link #actorProblem}, of a method's published name; nothing is reserved there. */
    public static Optional<String> methodProblem(String name) {
        return problem("method", name);
    }

    /** As {@link #actorProblem}, of a version; nothing is reserved there. */
    public static Optional<String> versionProblem(String version) {
        return problem("version", version);
    }

    private static Optional<String> problem(String what, String name) {
        String kind = what.equals("version")
                ? "A version"
                : "The name of " + (what.equals("actor") ? "an actor" : "a method");
        if (name.isEmpty()) {
            return Optional.of(kind + " is empty: give it letters, digits, '-', '_' or '.'.");
        }
        if (name.length() > MAX_LENGTH) {
            return Optional.of(kind + " has at most " + MAX_LENGTH + " characters; \"" + name.substring(0, 40)
                    + "...\" has " + name.length() + ".");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!allowed(name.charAt(i))) {
                return Optional.of(kind + " consists of letters, digits, '-', '_' and '.'; \"" + name + "\" does not.");
            }
        }
        if (!letterOrDigit(name.charAt(0))) {
            return Optional.of(kind + " starts with a letter or a digit; \"" + name + "\" does not.");
        }
        return Optional.empty();
    }

    private static boolean allowed(char c) {
        return letterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }

    private static boolean letterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
