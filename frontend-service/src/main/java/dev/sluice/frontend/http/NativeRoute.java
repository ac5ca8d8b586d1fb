package dev.sluice.frontend.http;

import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemJson;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.net.URISyntaxException;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Takes queries out of the server's requests before Spring sees them; leaves it the rest. */
public final class NativeRoute implements NettyRouteProvider {

    private final QueryEndpoint endpoint;

    public NativeRoute(QueryEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(NativeRoute::isQuery, endpoint).route(NativeRoute::isNoUri, NativeRoute::refuse);
    }

    private static boolean isQuery(HttpServerRequest request) {
        return HttpMethod.POST.equals(request.method()) && ReservedNames.leaveToActors(TargetPath.raw(request.uri()));
    }

    /** Spring would refuse these without a word. */
    private static boolean isNoUri(HttpServerRequest request) {
        try {
            return new URI(TargetPath.raw(request.uri())).getRawPath() == null;
        } catch (URISyntaxException e) {
            return true;
        }
    }

    private static Publisher<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
        Problem problem = Problem.of(400, "The path is not a valid URI.", null);
        return response.status(problem.status())
                .header(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .sendByteArray(Mono.fromSupplier(() -> ProblemJson.bytes(problem)));
    }
}
