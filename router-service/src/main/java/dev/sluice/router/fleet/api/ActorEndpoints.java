package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.sluice.router.fleet.change.Refused;
import dev.sluice.router.fleet.control.Expected;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.control.Written;
import dev.sluice.router.fleet.file.ActorBodies;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.ServerResponse.BodyBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What may be asked of actors. */
final class ActorEndpoints {

    private static final String ONE = "/actors/{name}";

    private final FleetControl control;
    private final ActorViews views;

    ActorEndpoints(FleetControl control, ActorViews views) {
        this.control = control;
        this.views = views;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.of(GET, "/actors", this::list),
                Endpoint.of(GET, ONE, this::show),
                Endpoint.of(PUT, ONE, request -> change(request, this::deploy)),
                Endpoint.of(DELETE, ONE, request -> act(request, control::undeploy)),
                Endpoint.of(POST, ONE + "/scale", request -> change(request, this::scale)),
                Endpoint.of(POST, ONE + "/rollout", request -> change(request, this::rollOut)),
                Endpoint.of(POST, ONE + "/promote", request -> act(request, control::promote)),
                Endpoint.of(POST, ONE + "/rollback", request -> act(request, control::rollBack)),
                Endpoint.of(PUT, ONE + "/shadow", request -> change(request, this::shadow)),
                Endpoint.of(DELETE, ONE + "/shadow", request -> act(request, control::endShadow)));
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return control.fleet()
                .flatMap(fleet -> Answers.ok(Map.of(
                        "actors",
                        fleet.actors().stream()
                                .map(actor -> views.of(fleet, actor, List.of()))
                                .toList())));
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        String actor = request.pathVariable("name");
        return control.fleet().flatMap(fleet -> {
            if (!fleet.actors().contains(actor)) {
                throw new Refused(fleet.noActor(actor));
            }
            ActorView view = views.of(fleet, actor, List.of());
            return Answers.ok(view, view.revision());
        });
    }

    /** What a request asks for in its body. */
    private interface Asked {
        Mono<Written> write(String actor, JsonNode body, Expected expected);
    }

    private Mono<Written> deploy(String actor, JsonNode body, Expected expected) {
        return control.deploy(ActorBodies.deployment(actor, body), expected);
    }

    private Mono<Written> scale(String actor, JsonNode body, Expected expected) {
        return control.scale(actor, ActorBodies.scale(body), expected);
    }

    private Mono<Written> rollOut(String actor, JsonNode body, Expected expected) {
        return control.rollOut(actor, ActorBodies.rollout(body), expected);
    }

    private Mono<Written> shadow(String actor, JsonNode body, Expected expected) {
        return control.shadow(actor, ActorBodies.shadow(body), expected);
    }

    private Mono<ServerResponse> change(ServerRequest request, Asked asked) {
        Expected expected = Requests.expected(request);
        return Requests.json(request)
                .flatMap(body -> asked.write(request.pathVariable("name"), body, expected))
                .flatMap(this::answer);
    }

    private Mono<ServerResponse> act(ServerRequest request, BiFunction<String, Expected, Mono<Written>> act) {
        return act.apply(request.pathVariable("name"), Requests.expected(request))
                .flatMap(this::answer);
    }

    private Mono<ServerResponse> answer(Written written) {
        return control.fleet().flatMap(fleet -> {
            ActorView view = views.of(
                    fleet, written.actor(), written.revision(), written.goal(), written.isStored(), written.warnings());
            BodyBuilder response = ServerResponse.status(written.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                    .eTag(Answers.etag(written.revision()));
            return Answers.json(response, view);
        });
    }
}
