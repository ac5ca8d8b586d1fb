package dev.sluice.system.observe;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector that takes spans over OTLP, as protobuf over HTTP, and keeps them for a test to look at. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> spans = new CopyOnWriteArrayList<>();

    /** A span, with the process that it is of. */
    record Received(String service, String node, Span span) {

        String name() {
            return span.getName();
        }

        String traceId() {
            return hex(span.getTraceId());
        }

        String id() {
            return hex(span.getSpanId());
        }

        String parent() {
            return hex(span.getParentSpanId());
        }

        /** As {@code trace/span}. */
        List<String> links() {
            return span.getLinksList().stream()
                    .map(link -> hex(link.getTraceId()) + "/" + hex(link.getSpanId()))
                    .toList();
        }

        String asLink() {
            return traceId() + "/" + id();
        }

        boolean failed() {
            return span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        }

        /** Texts and numbers. */
        Map<String, String> attributes() {
            return OtlpReceiver.attributes(span.getAttributesList());
        }

        private static String hex(ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
    }

    private OtlpReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    static OtlpReceiver start() throws IOException {
        return new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** Those that have come of one trace. */
    List<Received> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    List<Received> all() {
        return List.copyOf(spans);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (InputStream body = body(exchange)) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
            request.getResourceSpansList().forEach(this::keep);
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        } finally {
            exchange.close();
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private void keep(ResourceSpans of) {
        Map<String, String> resource = attributes(of.getResource().getAttributesList());
        for (ScopeSpans scope : of.getScopeSpansList()) {
            scope.getSpansList()
                    .forEach(span -> spans.add(
                            new Received(resource.get("service.name"), resource.get("service.instance.id"), span)));
        }
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
