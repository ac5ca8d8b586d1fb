package dev.sluice.frontend.grpc;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static dev.sluice.frontend.grpc.GrpcFrontend.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.LeakGuard;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is too much, and callers that go. */
@ExtendWith(LeakGuard.class)
class GrpcLimitsTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    @Test
    void refusesWhatThereIsNoRoomFor() {
        frontend.gateway().maxRetainedBytes(10_000);
        StatusRuntimeException failure = failure(() -> frontend.blocking()
                .modelInfer(request("adds", "x".repeat(20_000)).build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure.getStatus().getDescription()).contains("sluice.frontend.max-retained");
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void handsABodyToTheGatewayStillCounted() {
        long[] seen = new long[2];
        frontend.gateway().actor("weigh", false, call -> {
            seen[0] = call.charge();
            seen[1] = frontend.gateway().retained().held();
            return GrpcFrontend.answer(frontend.gateway(), "");
        });
        frontend.blocking().modelInfer(request("weigh", "x".repeat(1_000)).build());
        assertThat(seen[0]).isEqualTo(seen[1]).isGreaterThan(1_000);
    }

    @Test
    void refusesAMessageBeyondTheLargestInput() {
        String large = "x".repeat(65 * 1024 * 1024);
        StatusRuntimeException failure = failure(
                () -> frontend.blocking().modelInfer(request("adds", large).build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void cancelsTheQueryOfACallerThatGoes() {
        Future<ModelInferResponse> call = GRPCInferenceServiceGrpc.newFutureStub(frontend.channel())
                .modelInfer(request("never", "").build());
        await().until(() -> frontend.gateway().calls().size() == 1);
        call.cancel(true);
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void endsAtTheDeadline() {
        frontend.gateway()
                .actor(
                        "slow",
                        false,
                        call -> Mono.delay(Duration.ofNanos(call.budgetNanos()))
                                .thenMany(Flux.error(new QueryException(ErrorCode.EXPIRED, "It is late."))));
        StatusRuntimeException failure = failure(() -> frontend.blocking()
                .withDeadlineAfter(1, TimeUnit.SECONDS)
                .modelInfer(request("slow", "").build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void saysThatItIsLateToACallerWhoseClockIsBehind() {
        frontend.gateway()
                .actor(
                        "slow",
                        false,
                        call -> Mono.delay(Duration.ofNanos(call.budgetNanos()).plusMillis(100))
                                .thenMany(Flux.error(new QueryException(ErrorCode.EXPIRED, "It is late."))));
        // The header alone: this caller's own clock never ends the call.
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "100m");
        StatusRuntimeException failure = failure(() -> frontend.blocking()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .modelInfer(request("slow", "").build()));
        assertThat(failure.getStatus().getDescription()).isEqualTo("It is late.");
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
}
