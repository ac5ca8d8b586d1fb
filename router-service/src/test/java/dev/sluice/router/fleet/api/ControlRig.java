package dev.sluice.router.fleet.api;

import dev.sluice.router.dispatch.BatchFigures;
import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.control.FleetRig;
import dev.sluice.router.fleet.control.PlacedHost;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** The control API of a router whose store is in memory and whose hosts are the test's. */
final class ControlRig {

    final FleetRig fleet;
    final ControlRoutes routes;
    final WebTestClient http;

    ControlRig() {
        this(new FleetRig("router-0", false), "");
    }

    ControlRig(FleetRig fleet, String secret) {
        this(fleet, secret, BatchFigures.NONE);
    }

    ControlRig(FleetRig fleet, String secret, BatchFigures batches) {
        this.fleet = fleet;
        FleetControl control = new FleetControl(fleet.goals, fleet.controller::view, fleet.events);
        ControlRoutes.Own own =
                new ControlRoutes.Own("router-0", fleet.actors, new RouterView(fleet.actors, fleet.links), batches);
        routes = new ControlRoutes(control, fleet.events, own, secret);
        http = WebTestClient.bindToRouterFunction(routes.function())
                .configureClient()
                .baseUrl(Endpoint.ROOT)
                .responseTimeout(Duration.ofSeconds(60))
                .build();
    }

    /** With a host that offers the class {@code model}, and after the router's first look. */
    static ControlRig withHost() {
        ControlRig rig = new ControlRig();
        rig.host("host-0");
        rig.fleet.settles();
        return rig;
    }

    PlacedHost host(String node, String... routers) {
        return fleet.host(node, 16, routers);
    }

    ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }

    ResponseSpec put(String path, String body) {
        return http.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json(body))
                .exchange();
    }

    ResponseSpec post(String path, String body) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json(body))
                .exchange();
    }

    ResponseSpec post(String path) {
        return http.post().uri(path).exchange();
    }

    ResponseSpec delete(String path) {
        return http.delete().uri(path).exchange();
    }

    /** With the ETag of what the writer saw. */
    ResponseSpec put(String path, String body, String ifMatch) {
        return http.put()
                .uri(path)
                .header("If-Match", ifMatch)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json(body))
                .exchange();
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }

    static String etag(ResponseSpec response) {
        return String.valueOf(
                response.expectBody().returnResult().getResponseHeaders().getETag());
    }
}
