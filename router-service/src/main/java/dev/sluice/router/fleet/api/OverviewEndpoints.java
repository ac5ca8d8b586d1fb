package dev.sluice.router.fleet.api;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.router.dispatch.BatchFigures;
import dev.sluice.router.dispatch.BatchFigures.OfMethod;
import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.dispatch.RouterView.QueueView;
import dev.sluice.router.fleet.control.EventLog;
import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.control.FleetControl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What a page that is looked at wants to know every second. */
final class OverviewEndpoints {

    private static final double NANOS_PER_MILLI = 1e6;

    private final FleetControl control;
    private final EventLog events;
    private final ControlRoutes.Own own;
    private final ActorViews actors;
    private final ReplicaViews replicas;

    OverviewEndpoints(
            FleetControl control, EventLog events, ControlRoutes.Own own, ActorViews actors, ReplicaViews replicas) {
        this.control = control;
        this.events = events;
        this.own = own;
        this.actors = actors;
        this.replicas = replicas;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.of(GET, "/overview", this::overview));
    }

    private Mono<ServerResponse> overview(ServerRequest request) {
        long after = Requests.number(request, "after");
        return control.fleet().flatMap(fleet -> Answers.ok(overview(fleet, after)));
    }

    private Overview overview(Fleet fleet, long after) {
        return new Overview(
                own.node(),
                own.view().inFlight(),
                own.view().frontends(),
                fleet.actors().stream()
                        .map(actor -> brief(fleet, actors.of(fleet, actor, List.of())))
                        .toList(),
                queues(own.view(), own.batches()),
                fleet.hosts().stream().map(node -> HostView.of(fleet, node)).toList(),
                replicas.of(fleet),
                events.after(after));
    }

    private static Overview.Actor brief(Fleet fleet, ActorView actor) {
        Overview.Rollout rollout = fleet.desired()
                .goal(actor.name())
                .flatMap(goal -> goal.rollout())
                .map(under ->
                        new Overview.Rollout(under.candidate().version(), under.weight(), under.held(), under.steps()))
                .orElse(null);
        return new Overview.Actor(
                actor.name(), actor.origin(), actor.controller(), rollout, actor.status(), actor.versions());
    }

    private static List<Overview.Queue> queues(RouterView view, BatchFigures batches) {
        Map<List<String>, OfMethod> byMethod = new HashMap<>();
        batches.all().forEach(each -> byMethod.put(List.of(each.actor(), each.version(), each.method()), each));
        return view.queues().stream()
                .map(queue -> queue(queue, byMethod.get(List.of(queue.actor(), queue.version(), queue.method()))))
                .toList();
    }

    private static Overview.Queue queue(QueueView queue, @Nullable OfMethod batches) {
        OfMethod some = batches == null
                ? new OfMethod(queue.actor(), queue.version(), queue.method(), 0, 0, List.of(), 0, 0)
                : batches;
        return new Overview.Queue(
                queue.actor(),
                queue.version(),
                queue.method(),
                queue.size(),
                queue.free(),
                some.batches(),
                some.queries(),
                some.sizes(),
                some.runNanos() / NANOS_PER_MILLI,
                some.waitNanos() / NANOS_PER_MILLI);
    }
}
