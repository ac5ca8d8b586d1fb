package dev.sluice.frontend.http.caller;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which paths are for whom. They are matched as those who serve them do it, so that a path which is written in another way is the
 * same to both; what is not listed is for callers.
 */
public final class DoorList {

    private final List<PathPattern> open;
    private final List<PathPattern> operators;

    private DoorList(Stream<String> open, Stream<String> operators) {
        this.open = patterns(Stream.concat(
                open,
                // Files of this jar, which tell of nothing.
                Stream.of(
                        "/ui",
                        "/ui/",
                        "/ui/index.html",
                        "/ui/icon.svg",
                        "/ui/css/{file}",
                        "/ui/js/{file}",
                        "/openapi",
                        "/swagger-ui/**",
                        "/favicon.ico",
                        "/robots.txt")));
        this.operators = patterns(Stream.concat(operators, Stream.of("/ui/api/**")));
    }

    /** Where Actuator has a port of its own. */
    public static DoorList withoutActuator() {
        return new DoorList(Stream.of(), Stream.of());
    }

    /**
     * Where callers reach Actuator.
     *
     * @param base its path
     * @param guarded whether it asks for a secret of its own, and nobody else has to ask there
     */
    public static DoorList withActuator(String base, boolean guarded) {
        String path = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        Stream<String> all = Stream.of(path + "/**");
        return guarded
                ? new DoorList(all, Stream.of())
                : new DoorList(Stream.of(path + "/health", path + "/health/{group}"), all);
    }

    private static List<PathPattern> patterns(Stream<String> patterns) {
        return patterns.map(PathPatternParser.defaultInstance::parse).toList();
    }

    boolean isOpen(PathContainer path) {
        return any(open, path);
    }

    boolean isForOperators(PathContainer path) {
        return any(operators, path);
    }

    private static boolean any(List<PathPattern> patterns, PathContainer path) {
        for (PathPattern pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
