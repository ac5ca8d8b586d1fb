package dev.sluice.frontend.grpc;

import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.LeakGuard;
import inference.InferParameter;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import inference.ModelInferResponse;
import inference.ModelStreamInferResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Inputs that are a body of some media type, and not tensors. */
@ExtendWith(LeakGuard.class)
class MediaBodyTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    private static ModelInferRequest.Builder request(String model, String mediaType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return typed(model, mediaType)
                .addRawInputContents(ByteString.copyFrom(new byte[] {(byte) bytes.length, 0, 0, 0})
                        .concat(ByteString.copyFrom(bytes)));
    }

    private static ModelInferRequest.Builder typed(String model, String mediaType) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .setId("r-1")
                .putParameters(
                        "media_type",
                        InferParameter.newBuilder().setStringParam(mediaType).build())
                .addInputs(InferInputTensor.newBuilder()
                        .setName("input")
                        .setDatatype("BYTES")
                        .addShape(1));
    }

    private static String body(ModelInferResponse response) {
        ByteString raw = response.getRawOutputContents(0);
        assertThat(raw.substring(0, 4).toByteArray()).containsExactly(raw.size() - 4, 0, 0, 0);
        return raw.substring(4).toStringUtf8();
    }

    private void isInvalid(ModelInferRequest.Builder request, String sentence) {
        StatusRuntimeException failure = failure(() -> frontend.blocking().modelInfer(request.build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains(sentence);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void areHandedOverAsTheyAreAndAnsweredLikewise() {
        ModelInferResponse response = frontend.blocking()
                .modelInfer(request("echo", "text/plain;charset=utf-8", "né").build());
        assertThat(frontend.onlyCall().input()).isEqualTo("né");
        assertThat(frontend.onlyCall().call().mediaType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(body(response)).isEqualTo("né");
        assertThat(response.getParametersOrThrow("media_type").getStringParam()).isEqualTo("text/plain;charset=utf-8");
        assertThat(response.getModelName()).isEqualTo("echo");
        assertThat(response.getId()).isEqualTo("r-1");
        assertThat(response.getOutputs(0).getDatatype()).isEqualTo("BYTES");
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(1L);
    }

    @Test
    void mayBeJsonForWhatTakesNumbers() {
        frontend.gateway()
                .actor(
                        "negated",
                        false,
                        call -> frontend.gateway().answer("-" + call.body().toString(StandardCharsets.UTF_8)));
        ModelInferResponse response = frontend.blocking()
                .modelInfer(request("negated", "application/json", "41").build());
        assertThat(body(response)).isEqualTo("-41");
        assertThat(response.getParametersOrThrow("media_type").getStringParam()).isEqualTo("application/json");
    }

    @Test
    void mayBeTypedContents() {
        ModelInferRequest.Builder request = typed("echo", "a/b");
        request.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder().addBytesContents(ByteString.copyFromUtf8("abc")));
        assertThat(body(frontend.blocking().modelInfer(request.build()))).isEqualTo("abc");
    }

    @Test
    void areAnsweredOneByOneInStreams() {
        StreamCaller caller = StreamCaller.open(frontend.async())
                .send(request("ticks", "application/json", "3"))
                .halfClose();
        assertThat(caller.awaitEnd().isOk()).isTrue();
        assertThat(caller.responses())
                .extracting(response -> body(response.getInferResponse()))
                .containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "application/", "/json", "a/b\nc", "a/b "})
    void haveAMediaType(String mediaType) {
        isInvalid(request("echo", mediaType, "x"), "must be a string like application/json");
    }

    @Test
    void areOneStringOfOneInput() {
        isInvalid(typed("echo", "a/b"), "the input has one string");
        isInvalid(typed("echo", "a/b").addRawInputContents(ByteString.copyFromUtf8("abc")), "the input has one string");
        isInvalid(
                typed("echo", "a/b").addRawInputContents(ByteString.copyFrom(new byte[] {9, 0, 0, 0, 'a'})),
                "the input has one string");
        isInvalid(request("echo", "a/b", "x").addRawInputContents(ByteString.EMPTY), "the input has one string");
        isInvalid(request("echo", "a/b", "x").clearInputs(), "there is one input of BYTES");
        ModelInferRequest.Builder numbers = request("echo", "a/b", "x");
        numbers.getInputsBuilder(0).setDatatype("INT64");
        isInvalid(numbers, "there is one input of BYTES");
        isInvalid(
                request("echo", "a/b", "x")
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y")),
                "no outputs are named");
    }

    @Test
    void streamsSayTheCodeOfWhatWentWrongAndWhenToTryAgain() {
        frontend.gateway()
                .actor(
                        "full",
                        true,
                        call -> Flux.error(
                                new QueryException(new Failure(ErrorCode.OVERLOADED, "It is full.", 1_500))));
        List<ModelStreamInferResponse> responses = StreamCaller.open(frontend.async())
                .send(request("nothing", "application/json", "1"))
                .send(request("full", "application/json", "1"))
                .awaitResponses(2);
        assertThat(responses)
                .extracting(response -> response.getErrorMessage() + " "
                        + response.getInferResponse()
                                .getParametersOrThrow("code")
                                .getStringParam() + " "
                        + response.getInferResponse()
                                .getParametersMap()
                                .getOrDefault("retry_after_ms", InferParameter.getDefaultInstance())
                                .getInt64Param())
                .anyMatch(text -> text.startsWith("There is no actor nothing") && text.endsWith("NOT_FOUND 0"))
                .anyMatch(text -> text.equals("It is full. OVERLOADED 1500"));
    }
}
