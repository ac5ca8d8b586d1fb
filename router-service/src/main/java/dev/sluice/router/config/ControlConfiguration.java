package dev.sluice.router.config;

import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.BatchFigures;
import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.fleet.api.ControlRoutes;
import dev.sluice.router.fleet.control.EventLog;
import dev.sluice.router.fleet.control.FleetControl;
import dev.sluice.router.fleet.control.FleetController;
import dev.sluice.router.fleet.control.Goals;
import dev.sluice.router.metrics.MeteredBatches;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
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
    ControlRoutes.Own ownSight(
            Identity identity, ActorDirectory actors, RouterView view, ObjectProvider<MeterRegistry> registries) {
        MeterRegistry meters = registries.getIfAvailable();
        return new ControlRoutes.Own(
                identity.nodeId(), actors, view, meters == null ? BatchFigures.NONE : new MeteredBatches(meters));
    }

    @Bean
    RouterFunction<ServerResponse> controlRoutes(
            FleetControl control, EventLog events, ControlRoutes.Own own, SluiceProperties sluice) {
        return new ControlRoutes(control, events, own, sluice.clusterSecret()).function();
    }
}
