package dev.sluice.frontend.page;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.caller.RequestCaller;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.page.Watchers.NoPlace;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What the page asks for: {@code /ui/api}, and {@code /ui/viewer}, which tells whether it may. */
final class PageApi {

    private static final Failure TOO_MANY = new Failure(
            ErrorCode.OVERLOADED,
            "As many look at this frontend's page as may (sluice.ui.max-watchers); close one.",
            5_000);

    /** How many of the last queries and of the slowest are listed. */
    private static final int LISTED = 50;

    private final Watchers watchers;
    private final QueryExplanations explanations;
    private final FrontendDrain drain;
    private final OwnSite site;

    PageApi(Watchers watchers, QueryExplanations explanations, FrontendDrain drain, OwnSite site) {
        this.watchers = watchers;
        this.explanations = explanations;
        this.drain = drain;
        this.site = site;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().add(forCallers()).add(forOperators()).build();
    }

    private RouterFunction<ServerResponse> forCallers() {
        return RouterFunctions.route()
                .GET("/ui/viewer", PageApi::viewer)
                .before(request -> {
                    site.mustBeTheOrigin(request.headers().asHttpHeaders());
                    return request;
                })
                .build();
    }

    private RouterFunction<ServerResponse> forOperators() {
        return RouterFunctions.route()
                .GET("/ui/api/now", request -> now())
                .GET("/ui/api/stream", this::stream)
                .GET("/ui/api/queries", this::queries)
                .GET("/ui/api/queries/{id}", this::query)
                .before(request -> {
                    site.mustBeTheOrigin(request.headers().asHttpHeaders());
                    RequestCaller.of(request.exchange()).mustBeOperator();
                    return request;
                })
                .build();
    }

    /** So that a page asks for nothing that its viewer is not to see: browsers tell of a 403 as of a fault of the page. */
    private static Mono<ServerResponse> viewer(ServerRequest request) {
        Caller caller = RequestCaller.of(request.exchange());
        return json(JsonMapper.shared()
                .writeValueAsString(Map.of("operator", caller.rights().operator())));
    }

    private Mono<ServerResponse> now() {
        return watch().next().flatMap(moment -> json(moment.now()));
    }

    /** Lasts no longer than the credentials that it was opened with: the page then asks again, and for others. */
    private Mono<ServerResponse> stream(ServerRequest request) {
        Caller caller = RequestCaller.of(request.exchange());
        Flux<Moment> moments = watch().takeWhile(moment -> caller.gone() == null);
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(BodyInserters.fromServerSentEvents(MomentEvents.of(moments.takeUntilOther(stopping()))));
    }

    private Flux<Moment> watch() {
        return watchers.watch().onErrorMap(NoPlace.class, none -> new ProblemException(Problem.of(TOO_MANY, null)));
    }

    /** An open stream would hold up a stop; its page finds another frontend, or this one when it is back. */
    private Mono<Boolean> stopping() {
        return Mono.create(sink -> {
            Disposable listener = drain.onDrain(() -> sink.success(true));
            sink.onDispose(listener);
        });
    }

    private Mono<ServerResponse> queries(ServerRequest request) {
        String actor =
                request.queryParam("actor").filter(name -> !name.isEmpty()).orElse(null);
        return json(JsonMapper.shared().writeValueAsString(explanations.lists(actor, LISTED)));
    }

    private Mono<ServerResponse> query(ServerRequest request) {
        String id = request.pathVariable("id");
        // No 404: that nothing is recorded is an answer, and browsers tell of a 404 as of a fault of the page.
        return Mono.justOrEmpty(explanations.of(id))
                .map(known -> JsonMapper.shared().writeValueAsString(known))
                .flatMap(PageApi::json)
                .switchIfEmpty(Mono.defer(() -> ServerResponse.noContent().build()));
    }

    private static Mono<ServerResponse> json(String body) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(body);
    }
}
