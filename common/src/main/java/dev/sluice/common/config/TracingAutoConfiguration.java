package dev.sluice.common.config;

import dev.sluice.common.link.Identity;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.tracing.OtelSpans;
import dev.sluice.common.tracing.OtlpTracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Records spans where a setting names a collector, or the application has an OpenTelemetry of its own. Else not one class of
 * OpenTelemetry is loaded.
 */
@AutoConfiguration(afterName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnClass(OpenTelemetry.class)
public class TracingAutoConfiguration {

    /** Spans of the application's own. */
    @Configuration(proxyBeanMethods = false)
    static class OfTheApplicationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(OpenTelemetry.class)
        Spans sluiceSpans(OpenTelemetry openTelemetry) {
            return new OtelSpans(openTelemetry.getTracer("dev.sluice"));
        }
    }

    /** Spans that go to a collector. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({SdkTracerProvider.class, OtlpHttpSpanExporter.class})
    @ConditionalOnProperty(OtlpProperties.ENDPOINT)
    @ConditionalOnMissingBean(OpenTelemetry.class)
    static class OtlpConfiguration {

        @Bean
        OtlpTracing sluiceOtlpTracing(Environment environment, ObjectProvider<Identity> identity) {
            Identity self = identity.getIfAvailable();
            return new OtlpTracing(
                    OtlpProperties.settings(environment),
                    environment.getProperty("spring.application.name", "sluice"),
                    self == null ? "" : self.nodeId());
        }

        @Bean
        @ConditionalOnMissingBean
        Spans sluiceOtlpSpans(OtlpTracing tracing) {
            return tracing.spans();
        }
    }
}
