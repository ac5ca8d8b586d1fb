package dev.sluice.frontend.websocket;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.ReservedNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;

/** {@code /actor/stream} or {@code /actor/method/stream}. */
record StreamPath(String actor, String method) {

    private static final String LAST = "stream";

    /** Whether the URI of a request has that shape. */
    static boolean matches(String uri) {
        String[] segments = segments(uri);
        boolean two = segments.length == 3 && !segments[1].isEmpty();
        boolean three = segments.length == 4 && !segments[1].isEmpty() && !segments[2].isEmpty();
        return (two || three)
                && segments[0].isEmpty()
                && segments[segments.length - 1].equals(LAST)
                && !ReservedNames.contains(segments[1]);
    }

    /** @throws QueryException {@code INVALID_INPUT} for broken percent-encoding */
    static StreamPath of(String uri) {
        String[] segments = segments(uri);
        return new StreamPath(
                decoded(segments[1]), segments.length == 3 ? MethodDescriptor.DEFAULT_NAME : decoded(segments[2]));
    }

    private static String[] segments(String uri) {
        int end = 0;
        while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
            end++;
        }
        return uri.substring(0, end).split("/", -1);
    }

    private static String decoded(String segment) {
        try {
            // a plus is a plus in a path
            return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT, "The path has a % that two hexadecimal digits do not follow.");
        }
    }
}
