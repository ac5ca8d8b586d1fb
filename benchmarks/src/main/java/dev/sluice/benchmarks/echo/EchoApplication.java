package dev.sluice.benchmarks.echo;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * A bare WebFlux service that answers {@code POST /{actor}} with its input, in the JSON envelope of a frontend. It runs in a
 * process of its own, with the JVM settings and metrics of a frontend; its settings are in {@code echo.properties}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class EchoApplication {

    public static void main(String[] args) {
        new SpringApplicationBuilder(EchoApplication.class)
                .properties("spring.config.name=echo")
                .run(args);
    }
}
