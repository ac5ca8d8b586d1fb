package dev.sluice.frontend.oip;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.QueryEndpoint;
import dev.sluice.frontend.http.QueryHeaders;
import dev.sluice.frontend.http.TargetPath;
import dev.sluice.frontend.http.problem.HttpOutcomes;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.oip.OipPath.Resource;
import dev.sluice.frontend.query.Protocol;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Takes all that is under {@code /v2} out of the server's requests. */
public final class OipRoute implements NettyRouteProvider {

    /** What a request without parameters may have for a body: an empty object. */
    private static final int NO_PARAMETERS_BYTES = "{ }".length();

    private final QueryEndpoint endpoint;
    private final OipPages pages;
    private final FrontendDrain drain;

    public OipRoute(QueryEndpoint endpoint, OipPages pages, FrontendDrain drain) {
        this.endpoint = endpoint;
        this.pages = pages;
        this.drain = drain;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(request -> OipPath.isUnderRoot(TargetPath.raw(request.uri())), this::answer);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        OipPath path;
        try {
            path = OipPath.parse(TargetPath.raw(request.uri()));
        } catch (QueryException e) {
            return refuse(new OipPath(Resource.SERVER, "", null), e, request, response);
        }
        HttpMethod method = request.method();
        boolean allowed = path.resource().isPosted()
                ? method.equals(HttpMethod.POST)
                : method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (!allowed) {
            return wrongMethod(path, request, response);
        }
        long most = endpoint.gateway().maxPayloadBytes();
        return switch (path.resource()) {
            case INFER -> endpoint.exchange(new InferDialect(path, endpoint.gateway(), most), request, response);
            case GENERATE, GENERATE_STREAM ->
                endpoint.exchange(new GenerateDialect(path, endpoint.gateway(), most), request, response);
            default -> identified(path, request, response);
        };
    }

    private Publisher<Void> wrongMethod(OipPath path, HttpServerRequest request, HttpServerResponse response) {
        String allowed = path.resource().isPosted() ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
        response.header(HttpHeaderNames.ALLOW, allowed);
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return response.status(HttpResponseStatus.NO_CONTENT).send();
        }
        String sentence = request.method() + " is not what this path takes; there is " + allowed + ".";
        return refuse(path, new ProblemException(Problem.of(405, sentence, null)), request, response);
    }

    private Publisher<Void> identified(OipPath path, HttpServerRequest request, HttpServerResponse response) {
        if (path.resource().isOpen()) {
            return page(path, Caller.ANONYMOUS, request, response);
        }
        return Mono.defer(() ->
                        endpoint.callers().identify(QueryHeaders.credentials(request), QueryHeaders.loop(request)))
                .map(caller -> page(path, caller, request, response))
                .onErrorResume(QueryException.class, e -> Mono.just(failed(path, e, request, response)))
                .flatMap(Mono::fromDirect);
    }

    private Publisher<Void> page(OipPath path, Caller caller, HttpServerRequest request, HttpServerResponse response) {
        byte[] page;
        try {
            page = pages.page(path, bodyLength(request) > NO_PARAMETERS_BYTES, caller);
        } catch (QueryException e) {
            return failed(path, e, request, response);
        }
        return send(200, page, request, response);
    }

    private Publisher<Void> failed(
            OipPath path, QueryException e, HttpServerRequest request, HttpServerResponse response) {
        if (path.resource().isPosted()) {
            return refuse(path, e, request, response);
        }
        Problem problem = Problem.of(e.failure(), null);
        // What probes ask again and again is not counted as refused.
        if (problem.code() == ErrorCode.UNAUTHENTICATED || problem.code() == ErrorCode.FORBIDDEN) {
            endpoint.metrics().refused(Protocol.OIP, problem.code());
        }
        HttpOutcomes.headers(problem, response::header);
        return send(problem.status(), OipErrors.FORM.bytes(problem), request, response);
    }

    private static long bodyLength(HttpServerRequest request) {
        String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null) {
            return request.requestHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING) ? Long.MAX_VALUE : 0;
        }
        return length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    private Publisher<Void> send(int status, byte[] page, HttpServerRequest request, HttpServerResponse response) {
        response.status(status).header(HttpHeaderNames.CONTENT_TYPE, OipErrors.FORM.mediaType());
        if (drain.isDraining()) {
            response.keepAlive(false);
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            return response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(page.length))
                    .send();
        }
        return response.sendObject(Unpooled.wrappedBuffer(page));
    }

    private Publisher<Void> refuse(
            OipPath path, RuntimeException refusal, HttpServerRequest request, HttpServerResponse response) {
        return endpoint.exchange(new RefusedDialect(path, endpoint.gateway(), refusal), request, response);
    }
}
