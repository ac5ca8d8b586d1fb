package dev.sluice.frontend.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.FakeGateway.Seen;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Flux;

/** One frontend for all these tests, with a channel for each; nothing that a test sent is left behind. */
final class GrpcFrontend implements BeforeEachCallback, AfterEachCallback {

    private record Started(TestFrontend frontend) implements AutoCloseable {
        @Override
        public void close() {
            frontend.close();
        }
    }

    private TestFrontend frontend;
    private ManagedChannel channel;

    @Override
    public void beforeEach(ExtensionContext context) {
        frontend = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(GrpcFrontend.class))
                .computeIfAbsent("frontend", absent -> start(), Started.class)
                .frontend();
        gateway().forget();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", frontend.grpcPort())
                .usePlaintext()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .build();
    }

    private static Started start() {
        TestFrontend frontend = TestFrontend.start();
        FakeGateway gateway = frontend.gateway();
        TensorSpec x = new TensorSpec("x", DataType.FP32, new long[] {-1, 2});
        TensorSpec y = new TensorSpec("y", DataType.BYTES, new long[] {-1, 1});
        gateway.model("adds", new TensorSignature(List.of(x), List.of(y)), call -> answer(gateway, "12345678"));
        gateway.actor("streams", true, call -> Flux.range(1, 3).concatMap(i -> answer(gateway, "part " + i)));
        return new Started(frontend);
    }

    /** One output y of these bytes, as a host answers. */
    static Flux<Answer> answer(FakeGateway gateway, String bytes) {
        String json =
                "{\"model_name\":\"adds\",\"model_version\":\"3\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"UINT8\","
                        + "\"shape\":[" + bytes.length() + "],\"parameters\":{\"binary_data_size\":" + bytes.length()
                        + "}}]}";
        return gateway.answer((json + bytes).getBytes(StandardCharsets.US_ASCII), InferMedia.binary(json.length()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        channel.shutdownNow();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(gateway().unreleased()).isEmpty();
            assertThat(gateway().retained().held()).isZero();
        });
    }

    FakeGateway gateway() {
        return frontend.gateway();
    }

    int port() {
        return frontend.grpcPort();
    }

    ManagedChannel channel() {
        return channel;
    }

    GRPCInferenceServiceBlockingStub blocking() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    GRPCInferenceServiceStub async() {
        return GRPCInferenceServiceGrpc.newStub(channel);
    }

    Seen onlyCall() {
        assertThat(gateway().calls()).hasSize(1);
        return gateway().calls().get(0);
    }

    /** A request for a model with one input x of these bytes. */
    static ModelInferRequest.Builder request(String model, String bytes) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("UINT8")
                        .addShape(bytes.length()))
                .addRawInputContents(ByteString.copyFromUtf8(bytes));
    }

    static StatusRuntimeException failure(Supplier<?> call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::get);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }
}
