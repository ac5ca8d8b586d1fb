package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.InferTensorContents;
import inference.ModelConfigRequest;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ModelStatisticsRequest;
import inference.RepositoryIndexRequest;
import inference.ServerLiveRequest;
import inference.ServerMetadataRequest;
import inference.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Open Inference Protocol, version 2, says of each method over gRPC. */
@ExtendWith(Sites.class)
class GrpcConformanceIT {

    private ManagedChannel channel;

    @BeforeEach
    void connect(@On(Shape.SPOKEN) Site site) {
        site.awaitPublished("adds");
        site.awaitPublished("pair");
        site.awaitPublished("versions");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", site.frontend(0).port(ExtraPort.GRPC))
                .usePlaintext()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private GRPCInferenceServiceBlockingStub stub() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
    }

    private static ModelInferRequest.Builder request(String model, int columns, float... values) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(values.length / columns)
                        .addShape(columns))
                .addRawInputContents(ByteString.copyFrom(Oip.bytes(values)));
    }

    private static float[] floats(ByteString bytes) {
        float[] floats = new float[bytes.size() / Float.BYTES];
        ByteBuffer.wrap(bytes.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return floats;
    }

    private Status failure(ModelInferRequest.Builder request) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> stub().modelInfer(request.build()));
        assertThat(failure).isNotNull();
        return failure.getStatus();
    }

    @Test
    void theServerIsLiveAndReadyAndSaysWhatItIs() {
        assertThat(stub().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(stub().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(stub().serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getName())
                .isEqualTo("sluice");
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @ParameterizedTest
    @CsvSource({"adds, '', true", "adds, 1, true", "adds, 77, false", "nothing, '', false"})
    void aModelIsReadyIfItIsThereAndNotOtherwise(String model, String version, boolean ready) {
        assertThat(stub().modelReady(ModelReadyRequest.newBuilder()
                                .setName(model)
                                .setVersion(version)
                                .build())
                        .getReady())
                .isEqualTo(ready);
    }

    @Test
    void aModelHasMetadataAConfigurationStatisticsAndAPlaceInTheIndex() {
        ModelMetadataResponse model = stub().modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("pair").build());
        assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 2L);
        assertThat(model.getOutputsList()).hasSize(2);
        assertThat(stub().modelConfig(
                                ModelConfigRequest.newBuilder().setName("pair").build())
                        .getConfig()
                        .getInput(0)
                        .getDimsList())
                .containsExactly(2L);
        stub().modelInfer(request("pair", 2, 3, 4).build());
        assertThat(stub().modelStatistics(ModelStatisticsRequest.newBuilder()
                                .setName("pair")
                                .build())
                        .getModelStats(0)
                        .getInferenceCount())
                .isPositive();
        assertThat(stub().repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModelsList())
                .anyMatch(entry ->
                        entry.getName().equals("pair") && entry.getState().equals("READY"));
    }

    @Test
    void rawContentsAreAnsweredByRawContents() {
        ModelInferResponse response =
                stub().modelInfer(request("adds", 3, 1, 2, 3).setId("an id").build());
        assertThat(response.getModelName()).isEqualTo("adds");
        assertThat(response.getModelVersion()).isEqualTo("1");
        assertThat(response.getId()).isEqualTo("an id");
        assertThat(response.getOutputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(1L, 3L);
        assertThat(response.getOutputs(0).hasContents()).isFalse();
        assertThat(floats(response.getRawOutputContents(0))).containsExactly(2, 3, 4);
    }

    @Test
    void typedContentsAreAsGood() {
        ModelInferRequest.Builder typed = request("adds", 3, 0, 0, 0).clearRawInputContents();
        typed.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder()
                        .addFp32Contents(1)
                        .addFp32Contents(2)
                        .addFp32Contents(3));
        assertThat(floats(stub().modelInfer(typed.build()).getRawOutputContents(0)))
                .containsExactly(2, 3, 4);
    }

    @Test
    void absentOutputsMeanAllAndRequestedOnesComeInTheirOrder() {
        assertThat(stub().modelInfer(request("pair", 2, 3, 4).build()).getOutputsList())
                .hasSize(2);
        ModelInferResponse chosen = stub().modelInfer(request("pair", 2, 3, 4)
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("product"))
                .build());
        assertThat(chosen.getOutputsList()).hasSize(1);
        assertThat(floats(chosen.getRawOutputContents(0))).containsExactly(9, 16);
    }

    @Test
    void noRowsAreAnAnswerWithoutElements() {
        ModelInferResponse response = stub().modelInfer(request("adds", 3).build());
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(0L, 3L);
        assertThat(response.getRawOutputContents(0).isEmpty()).isTrue();
    }

    @Test
    void aVersionThatIsNamedAnswers() {
        ModelInferRequest.Builder request = request("versions", 3, 1, 2, 3);
        assertThat(floats(
                        stub().modelInfer(request.setModelVersion("1").build()).getRawOutputContents(0)))
                .containsExactly(2, 3, 4);
        assertThat(floats(
                        stub().modelInfer(request.setModelVersion("2").build()).getRawOutputContents(0)))
                .containsExactly(6, 7, 8);
        assertThat(failure(request.setModelVersion("77")).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void whatIsWrongIsToldByStatus() {
        assertThat(failure(request("nothing", 3, 1, 2, 3)).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure(request("adds", 2, 1, 2)).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure(request("adds", 3, 1, 2, 3).addRawInputContents(ByteString.EMPTY))
                        .getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        ModelInferRequest.Builder truncated = request("adds", 3, 1, 2, 3);
        truncated.setRawInputContents(0, ByteString.copyFromUtf8("short"));
        assertThat(failure(truncated).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void theDeadlineEndsTheCall() {
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(1, TimeUnit.MICROSECONDS)
                        .modelInfer(request("adds", 3, 1, 2, 3).build()));
        assertThat(failure.getStatus().getCode()).isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.UNAVAILABLE);
    }

    @Test
    void aStreamAnswersEachRequestWithItsIdAndItsOwn() {
        ModelStream stream = ModelStream.open(channel);
        IntStream.range(0, 300)
                .forEach(n -> stream.send(request("pair", 2, n, 1)
                        .setId(Integer.toString(n))
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName(n % 2 == 0 ? "sum" : "product"))));
        stream.send(request("nothing", 2, 1, 1).setId("bad"));
        stream.closeAndAwaitEnd();
        assertThat(stream.responses()).hasSize(301);
        stream.responses().forEach(response -> {
            String id = response.getInferResponse().getId();
            if (id.equals("bad")) {
                assertThat(response.getErrorMessage()).contains("There is no actor nothing");
            } else {
                int n = Integer.parseInt(id);
                assertThat(response.getErrorMessage()).isEmpty();
                assertThat(floats(response.getInferResponse().getRawOutputContents(0)))
                        .containsExactly(n % 2 == 0 ? new float[] {2f * n, 2} : new float[] {(float) n * n, 1});
            }
        });
    }
}
