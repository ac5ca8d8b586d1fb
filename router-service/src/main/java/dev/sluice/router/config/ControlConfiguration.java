package dev.sluice.router.config;

import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.fleet.api.ControlRoutes;
import dev.sluice.router.fleet.control.EventLog;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.control.FleetController;
import dev.sluice.router.fleet.control.Goals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the control API. */
@Configuration(proxyBeanMethods = false)
class ControlConfiguration {

    @Bean
    FleetControl fleetControl(Goals goals, FleetController controller, EventLog events) {
        return new FleetControl(goals, controller::view, events);
    }

    @Bean
    RouterFunction<ServerResponse> controlRoutes(
            FleetControl control, EventLog events, ActorDirectory actors, Identity identity, SluiceProperties sluice) {
        return new ControlRoutes(control, events, actors, identity.nodeId(), sluice.clusterSecret()).function();
    }
}
