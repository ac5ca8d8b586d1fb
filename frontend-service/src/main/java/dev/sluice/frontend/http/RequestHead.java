package dev.sluice.frontend.http;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.MediaTypes.BodyKind;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Target;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * All that a query's request says before its body.
 *
 * @param mediaType of the body; empty where the request does not say
 * @param sloNanos from the header; 0 where there is none
 * @param priority from the header; 0 unset
 * @param version from the header, or null
 * @param caller who sent it
 * @param events whether the caller wants an event stream
 * @param body whether the caller named the media type of the body that the method streams
 * @param trace that the query belongs to
 */
record RequestHead(
        Target target,
        BodyKind bodyKind,
        String mediaType,
        long sloNanos,
        int priority,
        @Nullable String version,
        Caller caller,
        boolean events,
        boolean body,
        TraceContext trace) {

    /**
     * @throws QueryException for what makes no valid query
     * @throws ProblemException for what HTTP has a status of its own for
     */
    static RequestHead read(TargetPath path, HttpServerRequest request, Gateway gateway, Caller caller) {
        HttpHeaders headers = request.requestHeaders();
        QueryHeaders.requireValidId(headers);
        String accept = headers.get(HttpHeaderNames.ACCEPT);
        Target target = negotiated(new Catalogue(gateway, caller).target(path.actor(), path.method()), accept);
        refuseEncoding(headers, path.actor());
        String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
        BodyKind kind = MediaTypes.bodyKind(contentType);
        if (kind == BodyKind.FOREIGN_JSON) {
            throw new ProblemException(Problem.of(415, "JSON has to come as UTF-8.", path.actor()));
        }
        return new RequestHead(
                target,
                kind,
                contentType == null ? "" : contentType,
                QueryHeaders.sloNanos(headers),
                QueryHeaders.priority(headers),
                QueryHeaders.version(headers),
                caller,
                MediaTypes.acceptsEvents(accept),
                accept != null && MediaTypes.accepts(accept, target.method().outputType()),
                QueryHeaders.trace(headers));
    }

    /** Who calls an actor and accepts what another of its methods gives, and this one does not, means that one. */
    private static Target negotiated(Target target, @Nullable String accept) {
        if (accept == null
                || !target.method().name().equals(MethodDescriptor.DEFAULT_NAME)
                || MediaTypes.accepts(accept, target.method().outputType())) {
            return target;
        }
        for (MethodDescriptor other : target.actor().methods()) {
            if (other.outputType().indexOf('/') > 0 && MediaTypes.accepts(accept, other.outputType())) {
                return new Target(target.actor(), other);
            }
        }
        return target;
    }

    private static void refuseEncoding(HttpHeaders headers, String actor) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(Problem.of(
                    415, "The Content-Encoding " + encoding + " is not supported; send the body as it is.", actor));
        }
    }

    /** The body's length as the request declares it; -1 where it does not. */
    static long declaredLength(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
