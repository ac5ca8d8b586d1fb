package dev.sluice.router.config;

import dev.sluice.common.link.Identity;
import dev.sluice.common.metrics.EventLoopMeters;
import dev.sluice.common.metrics.NettyMemoryMeters;
import dev.sluice.common.metrics.NodeTag;
import dev.sluice.router.actuator.ActorsEndpoint;
import dev.sluice.router.actuator.CatalogueHealth;
import dev.sluice.router.actuator.PipelinesEndpoint;
import dev.sluice.router.actuator.QueuesEndpoint;
import dev.sluice.router.actuator.ReplicasEndpoint;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.fleet.control.FleetController;
import dev.sluice.router.metrics.FleetGauges;
import dev.sluice.router.metrics.LearntGauges;
import dev.sluice.router.metrics.RouterGauges;
import dev.sluice.router.pipeline.Pipelines;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Wires what operators see. */
@Configuration(proxyBeanMethods = false)
class ActuatorConfiguration {

    @Bean
    RouterView routerView(ActorDirectory actors, RouterLinks links) {
        return new RouterView(actors, links);
    }

    @Bean
    ActorsEndpoint actorsEndpoint(RouterView view) {
        return new ActorsEndpoint(view);
    }

    @Bean
    ReplicasEndpoint replicasEndpoint(RouterView view) {
        return new ReplicasEndpoint(view);
    }

    @Bean
    QueuesEndpoint queuesEndpoint(RouterView view) {
        return new QueuesEndpoint(view);
    }

    @Bean
    PipelinesEndpoint pipelinesEndpoint(Pipelines pipelines) {
        return new PipelinesEndpoint(pipelines);
    }

    @Bean
    CatalogueHealth catalogueHealthIndicator(RouterLinks links) {
        return new CatalogueHealth(links);
    }

    @Bean
    MeterFilter nodeTag(Identity identity) {
        return NodeTag.of(identity);
    }

    @Bean
    EventLoopMeters eventLoopMeters(ReactorResourceFactory resources) {
        return new EventLoopMeters(resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE));
    }

    @Bean
    NettyMemoryMeters nettyMemoryMeters() {
        return new NettyMemoryMeters();
    }

    @Bean
    LearntGauges learntGauges(RouterView view) {
        return new LearntGauges(view);
    }

    @Bean
    RouterGauges routerGauges(RouterView view, RouterLinks links) {
        return new RouterGauges(view, links);
    }

    @Bean
    FleetGauges fleetGauges(FleetController fleet) {
        return new FleetGauges(fleet::view);
    }
}
