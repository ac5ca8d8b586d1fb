package dev.sluice.frontend.config;

import dev.sluice.common.metrics.EventLoopMeters;
import dev.sluice.common.metrics.NettyMemoryMeters;
import dev.sluice.frontend.metrics.MicrometerQueryMetrics;
import dev.sluice.frontend.query.QueryMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Wires the metrics of the protocol adapters, and those of what lies below them. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    QueryMetrics queryMetrics(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable();
        return registry == null ? QueryMetrics.NONE : new MicrometerQueryMetrics(registry);
    }

    @Bean
    EventLoopMeters eventLoopMeters(ReactorResourceFactory resources) {
        return new EventLoopMeters(resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE));
    }

    @Bean
    NettyMemoryMeters nettyMemoryMeters() {
        return new NettyMemoryMeters();
    }
}
