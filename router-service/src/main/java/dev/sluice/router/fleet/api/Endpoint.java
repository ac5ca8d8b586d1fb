package dev.sluice.router.fleet.api;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** One thing that may be asked of the control API. */
record Endpoint(HttpMethod method, PathPattern path, HandlerFunction<ServerResponse> handler) {

    /** All paths begin so. */
    static final String ROOT = "/control/v1";

    static Endpoint of(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
        return new Endpoint(method, PathPatternParser.defaultInstance.parse(ROOT + path), handler);
    }
}
