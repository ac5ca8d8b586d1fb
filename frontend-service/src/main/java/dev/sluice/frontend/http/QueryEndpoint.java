package dev.sluice.frontend.http;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.envelope.EnvelopeWriter;
import dev.sluice.frontend.query.Catalogue;
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
    private final Catalogue catalogue;

    public QueryEndpoint(Gateway gateway, HttpSettings settings, FrontendDrain drain, QueryMetrics metrics) {
        this.gateway = gateway;
        this.catalogue = new Catalogue(gateway);
        this.settings = settings;
        this.drain = drain;
        this.metrics = metrics;
    }

    public Gateway gateway() {
        return gateway;
    }

    public Catalogue catalogue() {
        return catalogue;
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
