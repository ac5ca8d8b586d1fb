package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.rpc.GrpcLifecycle;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
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

    /** For how long its event loops wait, when it has stopped, for what is still to be done: far less than by default. */
    private static final String QUIET = "testing.loops-quiet";

    /** For tests of how it stops: as long as it really is. */
    public static final String USUAL_END = QUIET + "=2s";

    private final ReactiveWebServerApplicationContext context;

    private TestFrontend(ReactiveWebServerApplicationContext context) {
        this.context = context;
    }

    /** @param properties each {@code key=value}; they replace what is set here */
    public static TestFrontend start(String... properties) {
        Stream<String> usual = Stream.of(
                        "server.port=0",
                        QUIET + "=200ms",
                        "sluice.frontend.grpc.port=0",
                        "sluice.frontend.flight.port=0",
                        "sluice.frontend.zmq.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "logging.level.dev.sluice.frontend.query.QueryLabel=off")
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

    /**
     * After many callers that left at once: else what they had sent could come to the gateway in the next test. Connections are given
     * to the event loops in turn, and a loop that has answered one twice has been at what was sent to it before.
     */
    public void awaitEventLoops() {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            try (RawHttp caller = connect()) {
                for (int call = 0; call < 2; call++) {
                    assertThat(caller.post("/vadder", "{\"input\": 1}").status())
                            .isEqualTo(200);
                }
            }
        }
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
            ReactorResourceFactory reactorResourceFactory(@Value("${" + QUIET + "}") Duration quiet) {
                ReactorResourceFactory factory = new ReactorResourceFactory();
                factory.setUseGlobalResources(false);
                factory.setShutdownQuietPeriod(quiet);
                return factory;
            }
        }
    }
}
