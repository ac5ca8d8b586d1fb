package dev.sluice.frontend.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.rpc.CallInfo;
import inference.InferParameter;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import inference.ModelInferResponse;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ModelInfer: a message becomes a body of JSON and bytes, and an answer a message. */
@ExtendWith(LeakGuard.class)
class GrpcInferTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    @Test
    void handsTheRequestOverAsJsonAndBytes() {
        ModelInferResponse response = frontend.blocking()
                .modelInfer(GrpcFrontend.request("adds", "abc")
                        .setId("r 1")
                        .putParameters("mine", parameter("é"))
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y"))
                        .build());
        assertThat(response.getModelName()).isEqualTo("adds");
        assertThat(response.getModelVersion()).isEqualTo("3");
        assertThat(response.getId()).isEqualTo("r 1");
        assertThat(response.getOutputs(0).getName()).isEqualTo("y");
        assertThat(response.getOutputs(0).getDatatype()).isEqualTo("UINT8");
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(8L);
        assertThat(response.getRawOutputContentsList()).containsExactly(ByteString.copyFromUtf8("12345678"));
        String json = "{\"id\":\"r 1\",\"parameters\":{\"mine\":\"é\",\"binary_data_output\":true},"
                + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"UINT8\",\"shape\":[3],\"parameters\":{\"binary_data_size\":3}}],"
                + "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]}";
        QueryCall call = frontend.onlyCall().call();
        assertThat(frontend.onlyCall().input()).isEqualTo(json + "abc");
        assertThat(call.mediaType()).isEqualTo("application/octet-stream;json-length=" + (json.length() + 1));
        assertThat(call.protocol()).isEqualTo(Protocol.GRPC);
        assertThat(call.id()).matches("[0-9a-f]{24}");
        assertThat(call.version()).isNull();
        assertThat(call.budgetNanos()).isZero();
    }

    @Test
    void writesEveryKindOfParameter() {
        frontend.blocking()
                .modelInfer(GrpcFrontend.request("adds", "")
                        .putParameters(
                                "a",
                                InferParameter.newBuilder().setBoolParam(true).build())
                        .putParameters(
                                "b",
                                InferParameter.newBuilder().setInt64Param(-4).build())
                        .putParameters(
                                "c",
                                InferParameter.newBuilder().setUint64Param(-1).build())
                        .putParameters(
                                "d",
                                InferParameter.newBuilder().setDoubleParam(0.5).build())
                        .putParameters("e", InferParameter.getDefaultInstance())
                        .putParameters(
                                "binary_data_output",
                                InferParameter.newBuilder().setBoolParam(false).build())
                        .build());
        assertThat(frontend.onlyCall().input())
                .contains("\"a\":true", "\"b\":-4", "\"c\":18446744073709551615", "\"d\":0.5", "\"e\":null")
                .contains("\"binary_data_output\":true")
                .doesNotContain("false");
    }

    @Test
    void takesARequestWithoutInputs() {
        frontend.blocking()
                .modelInfer(inference.ModelInferRequest.newBuilder()
                        .setModelName("adds")
                        .build());
        assertThat(frontend.onlyCall().input()).contains("\"inputs\":[]");
    }

    @ParameterizedTest
    @CsvSource({"adds, '', call,", "adds, 7, call, 7", "vadder:other, '', other,"})
    void findsMethodAndVersion(String model, String version, String method, String expected) {
        frontend.gateway().actor("vadder", false, call -> GrpcFrontend.answer(frontend.gateway(), ""));
        frontend.blocking()
                .modelInfer(
                        GrpcFrontend.request(model, "").setModelVersion(version).build());
        assertThat(frontend.onlyCall().call().method()).isEqualTo(method);
        assertThat(frontend.onlyCall().call().version()).isEqualTo(expected);
    }

    @Test
    void takesTheDeadlineForTheBudget() {
        frontend.blocking()
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .modelInfer(GrpcFrontend.request("adds", "").build());
        assertThat(frontend.onlyCall().call().budgetNanos())
                .isPositive()
                .isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void takesTheLesserOfDeadlineAndTimeout() {
        InferParameter timeout =
                InferParameter.newBuilder().setInt64Param(7_000_000).build();
        frontend.blocking()
                .withDeadlineAfter(200, TimeUnit.SECONDS)
                .modelInfer(GrpcFrontend.request("adds", "")
                        .putParameters("timeout", timeout)
                        .putParameters(
                                "priority",
                                InferParameter.newBuilder().setUint64Param(3).build())
                        .build());
        assertThat(frontend.onlyCall().call().budgetNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
        assertThat(frontend.onlyCall().call().priority()).isEqualTo(3);
    }

    @Test
    void takesIdAndTenantFromTheMetadata() {
        Metadata headers = new Metadata();
        headers.put(CallInfo.ID, "mine-1");
        headers.put(CallInfo.TENANT, "acme");
        frontend.blocking()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .modelInfer(GrpcFrontend.request("adds", "").build());
        assertThat(frontend.onlyCall().call().id()).isEqualTo("mine-1");
        assertThat(frontend.onlyCall().call().tenant()).isEqualTo("acme");
    }

    @Test
    void takesTheIdOfTheRequestForThatOfTheQuery() {
        frontend.blocking()
                .modelInfer(GrpcFrontend.request("adds", "").setId("q-9").build());
        assertThat(frontend.onlyCall().call().id()).isEqualTo("q-9");
    }

    @Test
    void passesLargeContentsThrough() {
        String large = "x".repeat(5_000_000);
        frontend.gateway().actor("large", false, call -> GrpcFrontend.answer(frontend.gateway(), large));
        ModelInferResponse response = frontend.blocking()
                .modelInfer(GrpcFrontend.request("large", large).build());
        assertThat(response.getRawOutputContents(0).equals(ByteString.copyFromUtf8(large)))
                .isTrue();
    }

    private static InferParameter parameter(String text) {
        return InferParameter.newBuilder().setStringParam(text).build();
    }
}
