package dev.sluice.router.fleet.api;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers to what went well. */
final class Answers {

    private Answers() {}

    static Mono<ServerResponse> ok(Object body) {
        return json(ServerResponse.ok(), body);
    }

    /** @param revision of what the body shows */
    static Mono<ServerResponse> ok(Object body, long revision) {
        return json(ServerResponse.ok().eTag(etag(revision)), body);
    }

    static Mono<ServerResponse> json(ServerResponse.BodyBuilder response, Object body) {
        return response.contentType(MediaType.APPLICATION_JSON).bodyValue(ControlJson.bytes(body));
    }

    static String etag(long revision) {
        return "\"" + revision + "\"";
    }
}
