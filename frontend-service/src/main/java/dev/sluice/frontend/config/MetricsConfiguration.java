package dev.sluice.frontend.config;

import dev.sluice.frontend.metrics.MicrometerQueryMetrics;
import dev.sluice.frontend.query.QueryMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the metrics of the protocol adapters. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    QueryMetrics queryMetrics(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable();
        return registry == null ? QueryMetrics.NONE : new MicrometerQueryMetrics(registry);
    }
}
