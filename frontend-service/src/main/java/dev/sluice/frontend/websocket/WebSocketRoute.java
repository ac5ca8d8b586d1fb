package dev.sluice.frontend.websocket;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.QueryHeaders;
import dev.sluice.frontend.http.problem.HttpOutcomes;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.http.problem.ProblemJson;
import dev.sluice.frontend.http.server.LingeringClose;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.Target;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
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

    final Gateway gateway;
    final WebSocketSettings settings;
    final FrontendDrain drain;
    final QueryMetrics metrics;
    private final Callers callers;

    public WebSocketRoute(
            Gateway gateway, WebSocketSettings settings, FrontendDrain drain, QueryMetrics metrics, Callers callers) {
        this.gateway = gateway;
        this.settings = settings;
        this.drain = drain;
        this.metrics = metrics;
        this.callers = callers;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(
                request -> HttpMethod.GET.equals(request.method()) && StreamPath.matches(request.uri()), this::open);
    }

    private Publisher<Void> open(HttpServerRequest request, HttpServerResponse response) {
        return Mono.defer(() -> callers.identify(QueryHeaders.credentials(request), QueryHeaders.loop(request)))
                .map(caller -> open(caller, request, response))
                .onErrorResume(QueryException.class, e -> Mono.just(refuse(response, Problem.of(e.failure(), null))))
                .flatMap(Mono::fromDirect);
    }

    private Publisher<Void> open(Caller caller, HttpServerRequest request, HttpServerResponse response) {
        @Nullable String actor = null;
        try {
            StreamPath path = StreamPath.of(request.uri());
            actor = path.actor();
            target(path, caller);
            Upgrade.check(request, path.actor(), settings.allowedOrigins());
            int longest = (int) settings.maxMessage().toBytes();
            return response.sendWebsocket(
                    (in, out) -> serve(path, caller, in, out),
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

    /** @throws QueryException where there is no such method now, or not for this caller */
    Target target(StreamPath path, Caller caller) {
        return new Catalogue(gateway, caller).target(path.actor(), path.method());
    }

    private Publisher<Void> serve(StreamPath path, Caller caller, WebsocketInbound in, WebsocketOutbound out) {
        Channel channel = ((Connection) in).channel();
        LingeringClose.prepare(channel);
        SocketLife life = new SocketLife(channel, out, settings, drain);
        Socket socket = new Socket(this, path, caller, channel, life);
        Mono<Void> ended = life.begin(socket);
        in.receiveFrames().subscribe(socket);
        return ended;
    }

    private Publisher<Void> refuse(HttpServerResponse response, Problem problem) {
        metrics.refused(Protocol.WEBSOCKET, problem.code());
        if (problem.status() == 426) {
            response.header(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .header(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .header(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        HttpOutcomes.headers(problem, response::header);
        if (drain.isDraining()) {
            response.keepAlive(false);
        }
        return response.status(problem.status())
                .header(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .sendByteArray(Mono.fromSupplier(() -> ProblemJson.bytes(problem)));
    }
}
