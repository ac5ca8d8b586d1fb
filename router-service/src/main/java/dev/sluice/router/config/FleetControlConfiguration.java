package dev.sluice.router.config;

import dev.sluice.common.config.LinkProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.fleet.control.AutoscaledNeeds;
import dev.sluice.router.fleet.control.DeclaredPipelines;
import dev.sluice.router.fleet.control.EventLog;
import dev.sluice.router.fleet.control.FleetController;
import dev.sluice.router.fleet.control.FleetLoop;
import dev.sluice.router.fleet.control.Goals;
import dev.sluice.router.fleet.control.Needs;
import dev.sluice.router.fleet.control.Rollouts;
import dev.sluice.router.fleet.file.ActorsFile;
import dev.sluice.router.fleet.store.FleetStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Wires what runs the fleet. */
@Configuration(proxyBeanMethods = false)
class FleetControlConfiguration {

    @Bean
    EventLog eventLog() {
        return new EventLog(InstantSource.system());
    }

    @Bean
    Goals goals(FleetStore store, ActorsFile file) {
        return new Goals(store, file.goals());
    }

    @Bean
    Rollouts rollouts(ActorDirectory actors, Goals goals, EventLog events, FleetProperties fleet) {
        return new Rollouts(actors, goals, events, fleet.startTimeout());
    }

    @Bean
    Needs needs(ActorDirectory actors, EventLog events) {
        return new AutoscaledNeeds(actors, events);
    }

    @Bean
    FleetController fleetController(
            Identity identity,
            RouterLinks links,
            ActorDirectory actors,
            EventLog events,
            Needs needs,
            Rollouts rollouts) {
        return new FleetController(identity.nodeId(), links, actors, events, needs, rollouts);
    }

    @Bean
    FleetLifecycle fleetLifecycle(
            Goals goals, DeclaredPipelines pipelines, FleetController controller, LinkProperties link) {
        FleetLoop loop =
                new FleetLoop(goals, pipelines, controller, Schedulers.newSingle("sluice-fleet"), System::nanoTime);
        return new FleetLifecycle(loop, link.lease());
    }
}
