package dev.sluice.frontend.http;

import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.access.Loopback;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** The protocol's own request headers. They hold for bare bodies; in an envelope its members come first. */
public final class QueryHeaders {

    public static final AsciiString ID = AsciiString.cached("Sluice-Id");
    public static final AsciiString SLO_MS = AsciiString.cached("Sluice-Slo-Ms");
    public static final AsciiString PRIORITY = AsciiString.cached("Sluice-Priority");
    public static final AsciiString VERSION = AsciiString.cached("Sluice-Version");
    public static final AsciiString API_KEY = AsciiString.cached("X-API-Key");
    public static final AsciiString TENANT = AsciiString.cached("Sluice-Tenant");

    private QueryHeaders() {}

    /** The caller's id, or null; an id that is none is refused by {@link #requireValidId}, not here. */
    public static @Nullable String id(HttpHeaders headers) {
        String id = headers.get(ID);
        return id != null && QueryOptions.isId(id) ? id : null;
    }

    public static void requireValidId(HttpHeaders headers) {
        String id = headers.get(ID);
        if (id != null) {
            QueryOptions.id(id, "Sluice-Id");
        }
    }

    /** The SLO in nanoseconds; 0 where there is none. */
    public static long sloNanos(HttpHeaders headers) {
        String text = headers.get(SLO_MS);
        if (text == null) {
            return 0;
        }
        return QueryOptions.sloNanos(text, "Sluice-Slo-Ms");
    }

    public static int priority(HttpHeaders headers) {
        String text = headers.get(PRIORITY);
        if (text == null) {
            return 0;
        }
        return QueryOptions.priority(text, "Sluice-Priority");
    }

    /** The version that is to answer, or null for whatever traffic is routed to. */
    public static @Nullable String version(HttpHeaders headers) {
        String version = headers.get(VERSION);
        return version == null ? null : QueryOptions.version(version, "Sluice-Version");
    }

    /** The trace that the query belongs to; none where the caller says none, or several. */
    public static TraceContext trace(HttpHeaders headers) {
        String traceparent = headers.get(TraceContext.TRACEPARENT);
        if (traceparent == null || headers.getAll(TraceContext.TRACEPARENT).size() > 1) {
            return TraceContext.NONE;
        }
        return TraceContext.of(traceparent, String.join(",", headers.getAll(TraceContext.TRACESTATE)));
    }

    /** What the caller shows of itself. */
    public static Credentials credentials(HttpServerRequest request) {
        HttpHeaders headers = request.requestHeaders();
        return Credentials.of(
                headers.get(HttpHeaderNames.AUTHORIZATION),
                headers.get(API_KEY),
                tenant(headers.get(TENANT), request.remoteAddress()));
    }

    /** Where all that concerns the request's connection happens. */
    public static EventLoop loop(HttpServerRequest request) {
        return ((Connection) request).channel().eventLoop();
    }

    /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for what is none */
    private static String tenant(@Nullable String claimed, @Nullable InetSocketAddress caller) {
        return claimed == null || !Loopback.is(caller) ? "" : QueryOptions.id(claimed, "Sluice-Tenant");
    }
}
