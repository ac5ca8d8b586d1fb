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

    /**
     * @param actuator where Actuator is
     * @param guarded whether it asks for the cluster secret, and nobody else has to ask there
     */
    public DoorList(String actuator, boolean guarded) {
        String base = actuator.endsWith("/") ? actuator.substring(0, actuator.length() - 1) : actuator;
        open = patterns(
                base + (guarded ? "/**" : "/health"),
                base + "/health/{group}",
                // Files of this jar, which tell of nothing.
                "/ui",
                "/ui/",
                "/ui/index.html",
                "/ui/icon.svg",
                "/ui/css/{file}",
                "/ui/js/{file}",
                "/openapi",
                "/swagger-ui/**",
                "/favicon.ico",
                "/robots.txt");
        operators = patterns(base + "/**", "/ui/api/**");
    }

    private static List<PathPattern> patterns(String... patterns) {
        return Stream.of(patterns).map(PathPatternParser.defaultInstance::parse).toList();
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
