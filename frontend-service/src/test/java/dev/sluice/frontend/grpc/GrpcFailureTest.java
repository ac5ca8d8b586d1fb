package dev.sluice.frontend.grpc;

import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static dev.sluice.frontend.grpc.GrpcFrontend.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import inference.InferParameter;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** What goes wrong, and how it is told. */
@ExtendWith(LeakGuard.class)
class GrpcFailureTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    private StatusRuntimeException refused(ModelInferRequest.Builder request) {
        return failure(() -> frontend.blocking().modelInfer(request.build()));
    }

    private void isInvalid(ModelInferRequest.Builder request, String sentence) {
        StatusRuntimeException failure = refused(request);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains(sentence);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT, INVALID_ARGUMENT, 0",
        "UNAUTHENTICATED, UNAUTHENTICATED, 0",
        "FORBIDDEN, PERMISSION_DENIED, 0",
        "NOT_FOUND, NOT_FOUND, 0",
        "TOO_LARGE, RESOURCE_EXHAUSTED, 0",
        "QUOTA, RESOURCE_EXHAUSTED, 1500",
        "OVERLOADED, UNAVAILABLE, 1500",
        "UNMEETABLE, UNAVAILABLE, 1500",
        "EXPIRED, DEADLINE_EXCEEDED, 0",
        "UNAVAILABLE, UNAVAILABLE, 1500",
        "LOST, UNKNOWN, 0",
        "FAILED, INTERNAL, 0"
    })
    void mapsEveryOutcome(ErrorCode code, Status.Code status, long retryMillis) throws Exception {
        frontend.gateway()
                .actor("ends", false, call -> Flux.error(new Failure(code, "It is planned.", 1_500).toException()));
        StatusRuntimeException failure = refused(request("ends", ""));
        assertThat(failure.getStatus().getCode()).isEqualTo(status);
        assertThat(failure.getStatus().getDescription()).isEqualTo("It is planned.");
        List<Any> details = StatusProto.fromThrowable(failure).getDetailsList();
        assertThat(details.get(0).unpack(ErrorInfo.class).getReason()).isEqualTo(code.name());
        assertThat(retryMillis(details)).isEqualTo(retryMillis);
        String pushback = failure.getTrailers().get(GrpcOutcomes.PUSHBACK);
        assertThat(pushback).isEqualTo(retryMillis == 0 ? null : Long.toString(retryMillis));
    }

    private static long retryMillis(List<Any> details) throws InvalidProtocolBufferException {
        if (details.size() < 2) {
            return 0;
        }
        RetryInfo retry = details.get(1).unpack(RetryInfo.class);
        return retry.getRetryDelay().getSeconds() * 1000 + retry.getRetryDelay().getNanos() / 1_000_000;
    }

    @Test
    void namesWhatIsNotThere() {
        StatusRuntimeException failure = refused(request("vader", ""));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure.getStatus().getDescription()).contains("Did you mean vadder?");
        assertThat(refused(request("vadder:nix", "")).getStatus().getDescription())
                .contains("has no method nix");
    }

    @Test
    void isUnavailableUntilTheCatalogueIsThere() {
        frontend.gateway().ready(false);
        assertThat(refused(request("adds", "")).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void refusesContentsThatAreMissingOrThereTwice() {
        isInvalid(request("adds", "").addRawInputContents(ByteString.EMPTY), "1 inputs and 2 raw_input_contents");
        ModelInferRequest.Builder both = request("adds", "1");
        both.getInputsBuilder(0).setContents(InferTensorContents.newBuilder().addUintContents(1));
        isInvalid(both, "has contents beside raw_input_contents");
        ModelInferRequest.Builder wrong = request("adds", "").clearRawInputContents();
        wrong.getInputsBuilder(0).setContents(InferTensorContents.newBuilder().addFp32Contents(1));
        isInvalid(wrong, "it takes uint_contents");
    }

    @Test
    void refusesParametersThatItCannotFollow() {
        isInvalid(request("adds", "").putParameters("timeout", whole(-1)), "timeout must be greater than 0");
        isInvalid(request("adds", "").putParameters("priority", whole(256)), "priority must be between");
        isInvalid(request("adds", "").putParameters("sequence_id", whole(1)), "no sequences");
        isInvalid(
                request("adds", "")
                        .putParameters(
                                "timeout",
                                InferParameter.newBuilder().setStringParam("1").build()),
                "timeout must be a whole number");
        isInvalid(request("adds", "").setModelVersion("a b"), "model_version is not a version's name");
    }

    private static InferParameter whole(long value) {
        return InferParameter.newBuilder().setInt64Param(value).build();
    }

    @Test
    void refusesABadIdInTheMetadata() {
        Metadata headers = new Metadata();
        headers.put(CallInfo.TENANT, "a b");
        StatusRuntimeException failure = failure(() -> frontend.blocking()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .modelInfer(request("adds", "").build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains("sluice-tenant must be");
    }

    @Test
    void sendsAStreamingModelToWhereStreamsAre() {
        isInvalid(request("streams", ""), "ask for them by ModelStreamInfer");
    }

    @ParameterizedTest
    @CsvSource({
        "prose, answered with text/plain",
        "picture, answered with image/png",
        "vadder, answered with outputs that are no binary data",
        "empty, ended without a result",
        "broken, This frontend failed",
        "thrower, This frontend failed"
    })
    void saysThatAnAnswerIsNone(String model, String sentence) {
        frontend.gateway().actor("vadder", false, call -> frontend.gateway().answer("{\"outputs\":[{\"data\":[1]}]}"));
        StatusRuntimeException failure = refused(request(model, ""));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(failure.getStatus().getDescription()).contains(sentence);
    }
}
