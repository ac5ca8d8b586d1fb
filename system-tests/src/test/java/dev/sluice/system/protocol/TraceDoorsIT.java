package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.system.call.Caller;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers of each protocol can say which trace their query belongs to. */
@ExtendWith(Sites.class)
class TraceDoorsIT {

    private static final String SPAN = "00f067aa0ba902b7";

    private Site site;

    @BeforeEach
    void connect(@On(Shape.SPOKEN) Site spoken) {
        site = spoken;
        site.awaitPublished("adds");
        site.awaitPublished("vadder");
    }

    @Test
    void nativeHttp() throws Exception {
        post("/vadder", "{\"input\": 1}", trace(1));
        awaitTrace(1, "http");
    }

    @Test
    void openInferenceProtocolOverHttp() throws Exception {
        post(
                "/v2/models/adds/infer",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 3], \"data\": [1, 2, 3]}]}",
                trace(2));
        awaitTrace(2, "oip");
    }

    @Test
    void openInferenceProtocolOverGrpc() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", site.frontend(0).port(ExtraPort.GRPC))
                .usePlaintext()
                .build();
        try {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), parent(trace(3)));
            GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(90, TimeUnit.SECONDS)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .modelInfer(ModelInferRequest.newBuilder()
                            .setModelName("adds")
                            .addInputs(InferInputTensor.newBuilder()
                                    .setName("x")
                                    .setDatatype("FP32")
                                    .addShape(1)
                                    .addShape(3))
                            .addRawInputContents(ByteString.copyFrom(Oip.bytes(1, 2, 3)))
                            .build());
        } finally {
            channel.shutdownNow();
        }
        awaitTrace(3, "grpc");
    }

    @Test
    void arrowFlight() throws Exception {
        FlightCallHeaders headers = new FlightCallHeaders();
        headers.insert("traceparent", parent(trace(4)));
        try (Flights flights = new Flights(site.frontend(0).port(ExtraPort.FLIGHT));
                VectorSchemaRoot numbers = flights.numbers("input", 1, 2)) {
            flights.exchange(FlightDescriptor.path("vadder"), numbers, 1, stream -> {}, new HeaderCallOption(headers));
        }
        awaitTrace(4, "flight");
    }

    @Test
    void zeroMq() {
        try (ZmqPeer peer = ZmqPeer.req(site.frontend(0).port(ExtraPort.ZEROMQ))) {
            peer.send("{\"actor\": \"vadder\", \"input\": 1, \"traceparent\": \"" + parent(trace(5)) + "\"}");
            assertThat(peer.receive().get(0)).contains("\"success\": true");
            peer.send("vadder", "{\"traceparent\": \"" + parent(trace(6)) + "\"}", "1");
            assertThat(peer.receive().get(0)).contains("\"success\": true");
        }
        awaitTrace(5, "zeromq");
        awaitTrace(6, "zeromq");
    }

    @Test
    void webSocket() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(site.frontend(0).url(), "/vadder/stream")) {
            peer.send("{\"id\": \"a\", \"input\": 1, \"traceparent\": \"" + parent(trace(7)) + "\"}");
            assertThat(peer.text()).contains("\"success\": true");
            peer.send("{\"id\": \"b\", \"input\": 1, \"traceparent\": \"00-no\"}");
            assertThat(peer.text()).as("what is none hinders no query").contains("\"success\": true");
        }
        awaitTrace(7, "websocket");
    }

    private void post(String path, String json, String trace) throws Exception {
        URI url = site.frontend(0).url().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("traceparent", parent(trace))
                .POST(BodyPublishers.ofString(json))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    /** A query's end is written down before its caller hears of it, but for streams. */
    private void awaitTrace(int number, String protocol) {
        await("trace " + number).atMost(Site.LONG).untilAsserted(() -> {
            var last = new Caller(site.frontend(0).url())
                    .get("/actuator/queries?limit=1000")
                    .json()
                    .path("last");
            assertThat(last.valueStream())
                    .filteredOn(query -> query.path("traceId").asString("").equals(trace(number)))
                    .isNotEmpty()
                    .allMatch(query -> query.path("protocol").asString().equals(protocol))
                    .allMatch(query -> query.path("outcome").asString().equals("answered"));
        });
    }

    private static String trace(int number) {
        return String.format("5bf92f3577b34da6a3ce929d%08x", number);
    }

    private static String parent(String trace) {
        return "00-" + trace + "-" + SPAN + "-00";
    }
}
