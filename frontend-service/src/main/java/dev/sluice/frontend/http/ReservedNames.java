package dev.sluice.frontend.http;

import java.util.List;

/** First path segments that are not actors. */
public final class ReservedNames {

    private static final List<String> NAMES = List.of(
            "v2",
            "actuator",
            "openapi",
            "openapi.json",
            "swagger-ui",
            "webjars",
            "favicon.ico",
            "robots.txt",
            "ui",
            "health",
            "healthz",
            "metrics",
            "admin",
            "control",
            "api");

    private ReservedNames() {}

    public static boolean contains(String segment) {
        return NAMES.contains(segment);
    }

    /** Whether the first segment of this path is an actor's, without cutting it out: every query asks. */
    static boolean leaveToActors(String path) {
        int end = 1;
        while (end < path.length() && "/?#".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        if (end < 2) {
            // nobody's, and the native protocol says so; but the root is the catalogue's
            return path.startsWith("//");
        }
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            if (name.length() == end - 1 && path.startsWith(name, 1)) {
                return false;
            }
        }
        return true;
    }
}
