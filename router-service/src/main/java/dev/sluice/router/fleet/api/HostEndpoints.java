package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.router.fleet.control.FleetControl;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What may be asked of hosts, and of what runs there. */
final class HostEndpoints {

    private final FleetControl control;
    private final ReplicaViews replicas;

    HostEndpoints(FleetControl control, ReplicaViews replicas) {
        this.control = control;
        this.replicas = replicas;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.of(GET, "/hosts", this::hosts),
                Endpoint.of(POST, "/hosts/{node}/drain", request -> drain(request, true)),
                Endpoint.of(POST, "/hosts/{node}/undrain", request -> drain(request, false)),
                Endpoint.of(GET, "/replicas", this::replicas));
    }

    private Mono<ServerResponse> hosts(ServerRequest request) {
        return control.fleet()
                .flatMap(fleet -> Answers.ok(Map.of(
                        "hosts",
                        fleet.hosts().stream()
                                .map(node -> HostView.of(fleet, node))
                                .toList())));
    }

    private Mono<ServerResponse> drain(ServerRequest request, boolean drained) {
        String node = request.pathVariable("node");
        return control.drain(node, drained, Requests.expected(request))
                .flatMap(revision -> control.fleet().flatMap(fleet -> Answers.ok(HostView.of(fleet, node), revision)));
    }

    private Mono<ServerResponse> replicas(ServerRequest request) {
        return control.fleet().flatMap(fleet -> Answers.ok(Map.of("replicas", replicas.of(fleet))));
    }
}
