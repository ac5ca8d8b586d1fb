package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.router.dispatch.ReplicaConduct;
import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What may be asked of hosts, and of what runs there. */
final class HostEndpoints {

    /**
     * One replica.
     *
     * @param placed whether a router asked for it, rather than the host's own configuration
     * @param ejected whether the asked router sends it trials alone, since it fails more often than the others
     * @param failed the recent part of its batches from the asked router that failed, 0 to 1
     * @param slowdown how many times longer these take there than on others of its version and kind of host
     */
    record ReplicaView(
            String replica,
            String actor,
            String version,
            String host,
            String state,
            String reason,
            boolean placed,
            boolean ejected,
            double failed,
            double slowdown) {}

    private final FleetControl control;
    private final Supplier<List<ReplicaConduct>> conducts;

    /** @param conducts how replicas serve */
    HostEndpoints(FleetControl control, Supplier<List<ReplicaConduct>> conducts) {
        this.control = control;
        this.conducts = conducts;
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

    private List<ReplicaView> replicas(Fleet fleet) {
        List<ReplicaConduct> seen = conducts.get();
        List<ReplicaView> views = new ArrayList<>();
        for (HostState host : fleet.view().hosts()) {
            for (ReplicaState replica : host.replicas()) {
                ReplicaConduct conduct = conduct(seen, host, replica);
                views.add(new ReplicaView(
                        replica.id(),
                        replica.actor(),
                        replica.version(),
                        host.nodeId(),
                        ActorViews.word(replica.state()),
                        replica.reason(),
                        replica.placed(),
                        conduct.distrusted(),
                        rounded(conduct.failed()),
                        rounded(conduct.slowdown())));
            }
        }
        views.sort(Comparator.comparing(ReplicaView::actor)
                .thenComparing(ReplicaView::version)
                .thenComparing(ReplicaView::host)
                .thenComparing(ReplicaView::replica));
        return views;
    }

    private static ReplicaConduct conduct(List<ReplicaConduct> seen, HostState host, ReplicaState replica) {
        return seen.stream()
                .filter(each -> each.replica().equals(replica.id())
                        && each.host().equals(host.nodeId())
                        && each.actor().equals(replica.actor())
                        && each.version().equals(replica.version()))
                .findFirst()
                .orElseGet(() -> new ReplicaConduct(
                        replica.actor(), replica.version(), host.nodeId(), replica.id(), false, 0, 1));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
