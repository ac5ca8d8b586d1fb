package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What may be asked of hosts, and of what runs there. */
final class HostEndpoints {

    /**
     * One replica.
     *
     * @param placed whether a router asked for it, rather than the host's own configuration
     */
    record ReplicaView(
            String replica, String actor, String version, String host, String state, String reason, boolean placed) {}

    private final FleetControl control;

    HostEndpoints(FleetControl control) {
        this.control = control;
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
        return control.fleet().flatMap(fleet -> Answers.ok(Map.of("replicas", replicas(fleet))));
    }

    private static List<ReplicaView> replicas(Fleet fleet) {
        List<ReplicaView> views = new ArrayList<>();
        for (HostState host : fleet.view().hosts()) {
            for (ReplicaState replica : host.replicas()) {
                views.add(new ReplicaView(
                        replica.id(),
                        replica.actor(),
                        replica.version(),
                        host.nodeId(),
                        ActorViews.word(replica.state()),
                        replica.reason(),
                        replica.placed()));
            }
        }
        views.sort(Comparator.comparing(ReplicaView::actor)
                .thenComparing(ReplicaView::version)
                .thenComparing(ReplicaView::host)
                .thenComparing(ReplicaView::replica));
        return views;
    }
}
