package dev.sluice.frontend.websocket;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.problem.HttpOutcomes;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.http.problem.ProblemJson;
import dev.sluice.frontend.http.server.LingeringClose;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.Target;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** {@code GET /{actor}/stream} and {@code GET /{actor}/{method}/stream} as WebSockets. Refuses before the upgrade what it can. */
public final class WebSocketRoute implements NettyRouteProvider {

    private static final String TENANT = "Sluice-Tenant";

    final Gateway gateway;
    final WebSocketSettings settings;
    final FrontendDrain drain;
    final QueryMetrics metrics;
    private final Catalogue catalogue;

    public WebSocketRoute(Gateway gateway, WebSocketSettings settings, FrontendDrain drain, QueryMetrics metrics) {
        this.gateway = gateway;
        this.settings = settings;
        this.drain = drain;
        this.metrics = metrics;
        this.catalogue = new Catalogue(gateway);
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(
                request -> HttpMethod.GET.equals(request.method()) && StreamPath.matches(request.uri()), this::open);
    }

    private Publisher<Void> open(HttpServerRequest request, HttpServerResponse response) {
        @Nullable String actor = null;
        try {
            StreamPath path = StreamPath.of(request.uri());
            actor = path.actor();
            target(path);
            Upgrade.check(request, path.actor(), settings.allowedOrigins());
            String tenant = tenant(request);
            int longest = (int) settings.maxMessage().toBytes();
            return response.sendWebsocket(
                    (in, out) -> serve(path, tenant, in, out),
                    WebsocketServerSpec.builder()
                            .maxFramePayloadLength(longest)
                            .handlePing(true)
                            .build());
        } catch (ProblemException e) {
            return refuse(response, e.problem());
        } catch (QueryException e) {
            return refuse(response, Problem.of(e.failure(), actor));
        }
    }

    /** @throws QueryException where there is no such method now */
    Target target(StreamPath path) {
        return catalogue.target(path.actor(), path.method());
    }

    private Publisher<Void> serve(StreamPath path, String tenant, WebsocketInbound in, WebsocketOutbound out) {
        Channel channel = ((Connection) in).channel();
        LingeringClose.prepare(channel);
        SocketLife life = new SocketLife(channel, out, settings, drain);
        Socket socket = new Socket(this, path, tenant, channel, life);
        Mono<Void> ended = life.begin(socket);
        in.receiveFrames().subscribe(socket);
        return ended;
    }

    /** The tenant, believed from this machine only: until there are credentials, anybody else could claim any. */
    private static String tenant(HttpServerRequest request) {
        String tenant = request.requestHeaders().get(TENANT);
        InetSocketAddress caller = request.remoteAddress();
        boolean fromHere = caller != null
                && caller.getAddress() != null
                && caller.getAddress().isLoopbackAddress();
        return tenant == null || !fromHere ? "" : QueryOptions.id(tenant, TENANT);
    }

    private Publisher<Void> refuse(HttpServerResponse response, Problem problem) {
        metrics.refused(Protocol.WEBSOCKET, problem.code());
        if (problem.status() == 426) {
            response.header(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .header(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .header(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        long retryAfter = HttpOutcomes.retryAfterSeconds(problem.failure());
        if (retryAfter > 0) {
            response.header(HttpHeaderNames.RETRY_AFTER, Long.toString(retryAfter));
        }
        if (drain.isDraining()) {
            response.keepAlive(false);
        }
        return response.status(problem.status())
                .header(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .sendByteArray(Mono.fromSupplier(() -> ProblemJson.bytes(problem)));
    }
}
