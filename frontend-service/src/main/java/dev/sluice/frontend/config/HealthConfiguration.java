package dev.sluice.frontend.config;

import dev.sluice.frontend.health.GatewayHealthIndicator;
import dev.sluice.frontend.query.Gateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the health indicators. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    /** Its name is the one in the readiness group: gateway. */
    @Bean
    GatewayHealthIndicator gatewayHealthIndicator(Gateway gateway) {
        return new GatewayHealthIndicator(gateway);
    }
}
