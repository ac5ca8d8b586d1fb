package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.tracing.OtelSpans;
import dev.sluice.common.tracing.OtlpTracing;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class TracingAutoConfigurationTest {

    private static final TraceContext SAMPLED =
            TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1,other=2");

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class));

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("api-key") + " " + (body.length > 100));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    private String[] endpoint(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add(OtlpProperties.ENDPOINT + "=http://127.0.0.1:"
                + collector.getAddress().getPort() + "/v1/traces");
        return all.toArray(String[]::new);
    }

    @Test
    void recordsNothingUnlessACollectorIsNamed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(Spans.class).doesNotHaveBean(OtlpTracing.class));
        runner.withClassLoader(new FilteredClassLoader(OpenTelemetry.class))
                .withPropertyValues(endpoint())
                .run(context -> assertThat(context).doesNotHaveBean(Spans.class));
    }

    @Test
    void sendsWhatWasRecordedToTheCollectorBeforeItStops() {
        runner.withPropertyValues(endpoint(
                        OtlpProperties.PREFIX + ".headers.api-key=secret", "management.tracing.sampling.probability=1"))
                .run(context -> {
                    OpenSpan span = context.getBean(Spans.class).accept("vadder/call", TraceContext.NONE);
                    assertThat(span).isNotNull();
                    span.part("part", List.of(span)).with("a", 1).end(ErrorCode.FAILED);
                    span.with("b", "c").end(null);
                });
        assertThat(requests)
                .as("together, unless seconds passed between them")
                .containsOnly("/v1/traces application/x-protobuf secret true");
    }

    @Test
    void followsItsCallerAndAsksTheSamplerOnlyWhereThereIsNone() {
        runner.withPropertyValues(endpoint("management.tracing.sampling.probability=0"))
                .run(context -> {
                    Spans spans = context.getBean(Spans.class);
                    assertThat(spans.accept("q", TraceContext.NONE)).isNull();
                    assertThat(spans.join("q", TraceContext.NONE)).isNull();
                    TraceContext unsampled =
                            TraceContext.of(SAMPLED.traceparent().replaceAll("01$", "00"), null);
                    assertThat(spans.accept("q", unsampled)).isNull();
                    assertThat(spans.join("q", unsampled)).isNull();
                    OpenSpan span = spans.accept("q", SAMPLED);
                    assertThat(span).isNotNull();
                    assertThat(span.context().traceId()).isEqualTo(SAMPLED.traceId());
                    assertThat(span.context().spanId()).isNotEqualTo(SAMPLED.spanId());
                    assertThat(span.context().sampled()).isTrue();
                    assertThat(span.context().tracestate()).isEqualTo("vendor=1,other=2");
                    assertThat(TraceContext.of(span.context().traceparent(), null)
                                    .isNone())
                            .isFalse();
                    span.end(null);
                });
    }

    @Test
    void usesTheOpenTelemetryOfTheApplication() {
        runner.withUserConfiguration(OwnConfiguration.class)
                .withPropertyValues(endpoint())
                .run(context -> assertThat(context)
                        .hasSingleBean(Spans.class)
                        .doesNotHaveBean(OtlpTracing.class)
                        .getBean(Spans.class)
                        .isInstanceOf(OtelSpans.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConfiguration {

        @Bean
        OpenTelemetry own() {
            return OpenTelemetry.noop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "management.opentelemetry.tracing.export.otlp.endpoint=collector:4318, endpoint",
        "management.opentelemetry.tracing.export.otlp.transport=grpc, over HTTP",
        "management.opentelemetry.tracing.export.otlp.timeout=0s, timeout",
        "management.opentelemetry.tracing.export.otlp.compression=zip, compression",
        "management.tracing.sampling.probability=2, probability"
    })
    void stopsTheStartWithASentence(String property, String sentence) {
        runner.withPropertyValues(endpoint())
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SettingRefused.class)
                        .hasMessageContaining(sentence));
    }
}
