package dev.sluice.frontend.http;

import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.rpc.GrpcLifecycle;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.http.client.ReactorResourceFactory;

/** A frontend on a free port, as it is but for its gateway. */
public final class TestFrontend implements AutoCloseable {

    private final ReactiveWebServerApplicationContext context;

    private TestFrontend(ReactiveWebServerApplicationContext context) {
        this.context = context;
    }

    /** @param properties each {@code key=value}; they replace what is set here */
    public static TestFrontend start(String... properties) {
        Stream<String> usual = Stream.of(
                        "server.port=0",
                        "sluice.frontend.grpc.port=0",
                        "sluice.frontend.flight.port=0",
                        "sluice.frontend.zmq.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "logging.level.dev.sluice.frontend.http.QueryExchange=off")
                .filter(property ->
                        Arrays.stream(properties).noneMatch(given -> key(given).equals(key(property))));
        String[] arguments = Stream.concat(usual, Arrays.stream(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        return new TestFrontend(
                (ReactiveWebServerApplicationContext) new SpringApplicationBuilder(Application.class).run(arguments));
    }

    private static String key(String property) {
        return property.substring(0, property.indexOf('='));
    }

    public int port() {
        return context.getWebServer().getPort();
    }

    public int grpcPort() {
        return context.getBean("nettyGrpcServerLifecycle", GrpcLifecycle.class).getPort();
    }

    public int flightPort() {
        return context.getBean("flightLifecycle", GrpcLifecycle.class).getPort();
    }

    public FakeGateway gateway() {
        return context.getBean(FakeGateway.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public RawHttp connect() {
        return RawHttp.connect(port());
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = "dev.sluice.frontend.config",
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*\\.config\\.(GatewayConfiguration|ExplainConfiguration|WholeFrontend.*)"))
    static class Application {

        @Configuration(proxyBeanMethods = false)
        static class Gateways {

            @Bean
            FakeGateway gateway() {
                return new FakeGateway();
            }

            /** As the real one: event loops of its own, so that its end is not that of another in this process. */
            @Bean
            ReactorResourceFactory reactorResourceFactory() {
                ReactorResourceFactory factory = new ReactorResourceFactory();
                factory.setUseGlobalResources(false);
                return factory;
            }
        }
    }
}
