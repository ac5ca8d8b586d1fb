package dev.sluice.benchmarks.echo;

import static org.springframework.web.reactive.function.server.RequestPredicates.POST;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class EchoConfiguration {

    /** A functional endpoint: the leanest that WebFlux offers, and what one would write for speed. */
    @Bean
    RouterFunction<ServerResponse> echo(MeterRegistry registry) {
        return route(POST("/{actor}"), new EchoHandler(new EchoMetrics(registry))::answer);
    }
}
