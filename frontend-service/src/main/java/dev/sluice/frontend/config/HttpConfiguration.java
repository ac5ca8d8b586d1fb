package dev.sluice.frontend.config;

import dev.sluice.common.config.ConnectionProperties;
import dev.sluice.common.http.ConnectionLimit;
import dev.sluice.common.http.EarlyRefusals;
import dev.sluice.common.http.IdleConnections;
import dev.sluice.common.http.UpgradeOffers;
import dev.sluice.common.metrics.ConnectionMeters;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.HttpSettings;
import dev.sluice.frontend.http.NativeRoute;
import dev.sluice.frontend.http.QueryEndpoint;
import dev.sluice.frontend.http.catalogue.CatalogueRoutes;
import dev.sluice.frontend.http.openapi.OpenApiRoutes;
import dev.sluice.frontend.http.problem.ProblemErrors;
import dev.sluice.frontend.http.server.MalformedRequests;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the native protocol into the web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HttpSettings.class, ConnectionProperties.class})
class HttpConfiguration {

    @Bean
    QueryEndpoint queryEndpoint(
            Gateway gateway, HttpSettings settings, FrontendDrain drain, QueryMetrics metrics, Callers callers) {
        return new QueryEndpoint(gateway, settings, drain, metrics, callers);
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> nativeProtocol(
            QueryEndpoint endpoint,
            HttpSettings settings,
            QueryMetrics metrics,
            ConnectionProperties connections,
            MeterRegistry meters) {
        NativeRoute route = new NativeRoute(endpoint);
        ConnectionLimit limit = ConnectionMeters.measured(new ConnectionLimit(connections.max()), meters, "http");
        return factory -> {
            factory.addRouteProviders(route);
            factory.addServerCustomizers(server -> server.doOnBound(
                            bound -> bound.channel().pipeline().addFirst(limit))
                    .doOnChannelInit((observer, channel, remote) -> {
                        IdleConnections.watch(channel, settings.idleTimeout());
                        MalformedRequests.answer(channel, metrics);
                        UpgradeOffers.decline(channel);
                    }));
        };
    }

    @Bean
    RouterFunction<ServerResponse> catalogueRoutes(Gateway gateway) {
        return new CatalogueRoutes(gateway).routes();
    }

    @Bean
    RouterFunction<ServerResponse> openApiRoutes(Gateway gateway) {
        return new OpenApiRoutes(gateway).routes();
    }

    @Bean
    EarlyRefusals earlyRefusals() {
        return new EarlyRefusals();
    }

    @Bean
    @Order(-2)
    ProblemErrors problemErrors() {
        return new ProblemErrors();
    }
}
