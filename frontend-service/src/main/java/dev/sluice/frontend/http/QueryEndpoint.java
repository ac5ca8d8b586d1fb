package dev.sluice.frontend.http;

import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.envelope.EnvelopeWriter;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryIds;
import dev.sluice.frontend.query.QueryMetrics;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What all queries over HTTP share; by itself it speaks the native protocol. */
public final class QueryEndpoint implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    final HttpSettings settings;
    final FrontendDrain drain;
    final QueryMetrics metrics;
    final QueryIds ids = new QueryIds();
    final EnvelopeWriter envelopes = new EnvelopeWriter();
    private final Gateway gateway;
    private final Callers callers;

    public QueryEndpoint(
            Gateway gateway, HttpSettings settings, FrontendDrain drain, QueryMetrics metrics, Callers callers) {
        this.gateway = gateway;
        this.callers = callers;
        this.settings = settings;
        this.drain = drain;
        this.metrics = metrics;
    }

    public Gateway gateway() {
        return gateway;
    }

    public QueryMetrics metrics() {
        return metrics;
    }

    public Callers callers() {
        return callers;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        return exchange(new NativeDialect(this), request, response);
    }

    /** Takes the request for a query of this dialect, which is made for it, and answers it. */
    public Publisher<Void> exchange(Dialect dialect, HttpServerRequest request, HttpServerResponse response) {
        return new QueryExchange(this, dialect, request, response);
    }
}
