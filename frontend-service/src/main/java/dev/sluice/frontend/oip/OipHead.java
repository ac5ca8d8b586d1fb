package dev.sluice.frontend.oip;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.QueryHeaders;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.Models;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * All that a query's request says before its body.
 *
 * @param version the one that is to answer; null for whatever traffic is routed to
 * @param sloNanos from the header; 0 where there is none
 * @param priority from the header; 0 unset
 * @param caller who sent it
 * @param jsonLength how long the JSON part of the body is; -1: all of it is JSON
 * @param encoding how the body is compressed; null: it is not
 * @param trace that the query belongs to
 */
record OipHead(
        Model model,
        @Nullable String version,
        long sloNanos,
        int priority,
        Caller caller,
        int jsonLength,
        @Nullable String encoding,
        TraceContext trace) {

    /** How long the JSON in front of binary data is, in requests and answers. */
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    /**
     * @throws QueryException for what makes no valid query
     * @throws ProblemException for what HTTP has a status of its own for
     */
    static OipHead read(OipPath path, HttpServerRequest request, Gateway gateway, Caller caller) {
        HttpHeaders headers = request.requestHeaders();
        QueryHeaders.requireValidId(headers);
        Model model = new Models(gateway, caller).find(path.model(), path.version());
        String version = path.version();
        return new OipHead(
                model,
                version != null ? QueryOptions.version(version, "The version") : QueryHeaders.version(headers),
                QueryHeaders.sloNanos(headers),
                QueryHeaders.priority(headers),
                caller,
                jsonLength(headers),
                encoding(headers, model),
                QueryHeaders.trace(headers));
    }

    private static int jsonLength(HttpHeaders headers) {
        String length = headers.get(JSON_LENGTH);
        if (length == null) {
            return -1;
        }
        if (!length.matches("[0-9]{1,9}")) {
            throw QueryOptions.invalid(
                    JSON_LENGTH + " must be the number of bytes of JSON in front of the binary data.");
        }
        return Integer.parseInt(length);
    }

    private static @Nullable String encoding(HttpHeaders headers, Model model) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return null;
        }
        if (!Inflation.knows(encoding)) {
            throw new ProblemException(Problem.of(
                    415,
                    "The Content-Encoding " + encoding + " is not supported; send gzip, deflate, or the body as it is.",
                    model.actor().name()));
        }
        return encoding;
    }
}
