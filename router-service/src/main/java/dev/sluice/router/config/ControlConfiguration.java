package dev.sluice.router.config;

import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.fleet.api.ControlRoutes;
import dev.sluice.router.fleet.control.EventLog;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.control.FleetController;
import dev.sluice.router.fleet.control.Goals;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Wires the control API, for a router that runs a fleet. */
@Configuration(proxyBeanMethods = false)
class ControlConfiguration {

    @Bean
    RouterFunction<ServerResponse> controlRoutes(
            ObjectProvider<Goals> goals,
            ObjectProvider<FleetController> controller,
            ObjectProvider<EventLog> events,
            ActorDirectory actors,
            Identity identity,
            SluiceProperties sluice) {
        FleetController fleet = controller.getIfAvailable();
        if (fleet == null) {
            return request -> Mono.empty();
        }
        EventLog log = events.getObject();
        FleetControl control = new FleetControl(goals.getObject(), fleet::view, log);
        return new ControlRoutes(control, log, actors, identity.nodeId(), sluice.clusterSecret()).function();
    }
}
