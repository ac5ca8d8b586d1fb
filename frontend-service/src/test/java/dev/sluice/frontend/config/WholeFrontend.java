package dev.sluice.frontend.config;

import dev.sluice.frontend.FrontendApplication;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** The frontend as it is, on a free port: all that the application scans, but what tests have put beside it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(
        basePackageClasses = FrontendApplication.class,
        excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*Test.*|.*\\.FrontendApplication"))
class WholeFrontend {

    private static final List<String> USUAL = List.of(
            "server.port=0",
            "sluice.frontend.grpc.port=0",
            "sluice.frontend.flight.port=0",
            "sluice.frontend.zmq.port=0",
            "sluice.frontend.catalogue-wait=0s",
            "spring.main.banner-mode=off");

    /** @param properties each {@code key=value}; they replace what is usual here */
    static ConfigurableApplicationContext start(String... properties) {
        Stream<String> usual = USUAL.stream()
                .filter(property ->
                        Arrays.stream(properties).noneMatch(given -> key(given).equals(key(property))));
        String[] arguments = Stream.concat(usual, Arrays.stream(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(WholeFrontend.class)
                .web(WebApplicationType.REACTIVE)
                .run(arguments);
    }

    private static String key(String property) {
        return property.substring(0, property.indexOf('='));
    }
}
