package dev.sluice.frontend.websocket;

import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** Whether a request asks for a WebSocket, and may have one. */
final class Upgrade {

    private Upgrade() {}

    /** @throws ProblemException 426 for a plain request, 400 for a broken one, 403 for one of a page of elsewhere */
    static void check(HttpServerRequest request, String actor, List<String> allowedOrigins) {
        HttpHeaders headers = request.requestHeaders();
        boolean asked = request.version().equals(HttpVersion.HTTP_1_1)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (!asked) {
            throw refused(
                    426,
                    "This path is a WebSocket: open it with one, over HTTP/1.1. A POST to the actor itself answers one query.",
                    actor);
        }
        if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            throw refused(400, "The header Sec-WebSocket-Key is missing.", actor);
        }
        if (!"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            throw refused(426, "Only version 13 of WebSocket is spoken here (Sec-WebSocket-Version: 13).", actor);
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !isOwn(origin, headers.get(HttpHeaderNames.HOST)) && !isAllowed(origin, allowedOrigins)) {
            throw refused(
                    403,
                    "Pages of " + origin
                            + " may not open a WebSocket here; sluice.websocket.allowed-origins lists those that"
                            + " may.",
                    actor);
        }
    }

    private static boolean isAllowed(String origin, List<String> allowed) {
        return allowed.contains("*") || allowed.stream().anyMatch(origin::equalsIgnoreCase);
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ProblemException refused(int status, String detail, String actor) {
        return new ProblemException(Problem.of(status, detail, actor));
    }
}
