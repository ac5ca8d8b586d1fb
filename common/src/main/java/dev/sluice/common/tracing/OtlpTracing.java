package dev.sluice.common.tracing;

import dev.sluice.common.trace.Spans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;

/**
 * Spans that go to a collector over OTLP, as protobuf over HTTP. They wait in a queue of bounded length for a thread of their own;
 * while the collector does not keep up, what does not fit is dropped, and nothing waits for it.
 */
public final class OtlpTracing implements AutoCloseable {

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("service.namespace");
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");

    /** A stop waits so long for what was not sent yet. */
    private static final long MOST_FAREWELL_MILLIS = 2_000;

    private final SdkTracerProvider provider;
    private final Spans spans;

    /**
     * @param service name of the kind of process
     * @param node id of this one
     */
    public OtlpTracing(OtlpSettings settings, String service, String node) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(settings.timeout())
                .setCompression(settings.compression());
        settings.headers().forEach(exporter::addHeader);
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(SERVICE, service, NAMESPACE, "sluice", INSTANCE, node)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.probability())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build();
        this.spans = new OtelSpans(provider.get("dev.sluice"));
    }

    public Spans spans() {
        return spans;
    }

    @Override
    public void close() {
        provider.shutdown().join(MOST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }
}
