package dev.sluice.frontend.http;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;

/**
 * An actor and a method in a path: {@code /actor} or {@code /actor/method}, with or without a slash at the end.
 *
 * @param method the method, {@code call} where the path names none
 */
public record TargetPath(String actor, String method) {

    /** The path as it stands in a request line, which may also name a whole URI. */
    public static String raw(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    /** @throws QueryException {@code NOT_FOUND} for another shape, {@code INVALID_INPUT} for broken percent-encoding */
    static TargetPath parse(String path) {
        int end = end(path);
        int slash = path.indexOf('/', 1);
        if (slash < 0 || slash >= end) {
            return new TargetPath(decoded(path.substring(1, end)), MethodDescriptor.DEFAULT_NAME);
        }
        String method = path.substring(slash + 1, end);
        if (slash == 1 || method.isEmpty() || method.indexOf('/') >= 0) {
            throw new QueryException(
                    ErrorCode.NOT_FOUND, "Nothing is at this path; queries go to /{actor} or /{actor}/{method}.");
        }
        return new TargetPath(decoded(path.substring(1, slash)), decoded(method));
    }

    /** Where the path ends: before a query, and before one slash at the end. */
    private static int end(String path) {
        int end = path.length();
        for (int i = 1; i < end; i++) {
            char c = path.charAt(i);
            if (c == '?' || c == '#') {
                end = i;
            }
        }
        return end > 1 && path.charAt(end - 1) == '/' ? end - 1 : end;
    }

    /** Without percent-encoding. @throws QueryException {@code INVALID_INPUT} where that is broken */
    public static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            // a plus is a plus in a path
            return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT, "The path has a % that two hexadecimal digits do not follow.");
        }
    }
}
