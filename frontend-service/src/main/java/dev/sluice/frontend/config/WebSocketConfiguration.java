package dev.sluice.frontend.config;

import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.websocket.WebSocketRoute;
import dev.sluice.frontend.websocket.WebSocketSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires WebSockets into the web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSocketSettings.class)
class WebSocketConfiguration {

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> webSockets(
            Gateway gateway, WebSocketSettings settings, FrontendDrain drain, QueryMetrics metrics, Callers callers) {
        WebSocketRoute route = new WebSocketRoute(gateway, settings, drain, metrics, callers);
        return factory -> factory.addRouteProviders(route);
    }
}
