package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.method;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.BatchFigures;
import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.fleet.control.EventLog;
import dev.sluice.router.fleet.control.FleetControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The control API: {@code /control/v1}. */
public final class ControlRoutes {

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final ClusterSecret secret;
    private final OwnSite site;

    /**
     * What this router sees by itself.
     *
     * @param node its node id
     * @param actors knows what became of queries
     */
    public record Own(String node, ActorDirectory actors, RouterView view, BatchFigures batches) {}

    /** @param clusterSecret that all requests have to prove; empty where the platform has none */
    public ControlRoutes(FleetControl control, EventLog events, Own own, String clusterSecret) {
        secret = new ClusterSecret(clusterSecret);
        site = new OwnSite(clusterSecret.isEmpty());
        ActorDirectory known = own.actors();
        ActorViews actors = new ActorViews(own.node(), known::ended, known::isOnceOnly);
        ReplicaViews replicas = new ReplicaViews(known::conducts);
        endpoints.addAll(new ActorEndpoints(control, actors).all());
        endpoints.addAll(new HostEndpoints(control, replicas).all());
        endpoints.addAll(new EventEndpoints(events).all());
        endpoints.addAll(new OverviewEndpoints(control, events, own, actors, replicas).all());
        byte[] document = ControlJson.bytes(OpenApi.document());
        endpoints.add(Endpoint.of(
                GET,
                "/openapi.json",
                request -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(document)));
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    public RouterFunction<ServerResponse> function() {
        RouterFunctions.Builder routes = RouterFunctions.route();
        for (Endpoint endpoint : endpoints) {
            routes.route(method(endpoint.method()).and(path(endpoint.path().getPatternString())), endpoint.handler());
        }
        // All the rest below it too, so that nobody learns without the secret what there is.
        routes.route(path("/control").or(path("/control/**")), this::nothingThere);
        return routes.filter(this::guarded).build();
    }

    private Mono<ServerResponse> guarded(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> {
                    secret.mustBeKnown(request);
                    site.mustBeTheOrigin(request);
                    return next.handle(request);
                })
                .onErrorResume(failure -> Problems.answer(request, failure));
    }

    private Mono<ServerResponse> nothingThere(ServerRequest request) {
        Set<String> allowed = new TreeSet<>();
        for (Endpoint endpoint : endpoints) {
            if (endpoint.path().matches(request.requestPath().pathWithinApplication())) {
                allowed.add(endpoint.method().name());
            }
        }
        if (allowed.isEmpty()) {
            throw new HttpRefused(
                    HttpStatus.NOT_FOUND,
                    "Nothing is at " + request.path() + ". " + Endpoint.ROOT + "/openapi.json lists what there is.");
        }
        String methods = String.join(", ", allowed);
        throw new HttpRefused(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        request.method() + " does nothing at " + request.path() + "; it takes " + methods + ".")
                .header("Allow", methods);
    }
}
