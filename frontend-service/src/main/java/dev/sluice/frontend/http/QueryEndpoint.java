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

/** {@code POST /{actor}} and {@code POST /{actor}/{method}}: what all its exchanges share. */
public final class QueryEndpoint implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    final Gateway gateway;
    final Catalogue catalogue;
    final HttpSettings settings;
    final FrontendDrain drain;
    final QueryMetrics metrics;
    final QueryIds ids = new QueryIds();
    final EnvelopeWriter envelopes = new EnvelopeWriter();

    public QueryEndpoint(Gateway gateway, HttpSettings settings, FrontendDrain drain, QueryMetrics metrics) {
        this.gateway = gateway;
        this.catalogue = new Catalogue(gateway);
        this.settings = settings;
        this.drain = drain;
        this.metrics = metrics;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        return new QueryExchange(this, request, response);
    }
}
