package dev.sluice.frontend.grpc;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.grpc.GrpcFrontend.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.rpc.GrpcLifecycle;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A frontend that stops. Limits that must not be what ends it are hours long. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class GrpcDrainTest {

    private final Sinks.Empty<Void> gate = Sinks.empty();
    private TestFrontend frontend;
    private FakeGateway gateway;
    private ManagedChannel channel;

    private void start(String grace) {
        frontend = TestFrontend.start(
                "spring.lifecycle.timeout-per-shutdown-phase=2h",
                "sluice.drain.stream-limit=1h",
                "sluice.drain.grace=" + grace,
                TestFrontend.USUAL_END);
        gateway = frontend.gateway();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", frontend.grpcPort())
                .usePlaintext()
                .build();
    }

    private CompletableFuture<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        new Thread(() -> {
                    frontend.close();
                    stopped.complete(null);
                })
                .start();
        await().until(frontend.bean(FrontendDrain.class)::isDraining);
        return stopped;
    }

    private Flux<Answer> atTheGate() {
        return gate.asMono().thenMany(Flux.defer(() -> GrpcFrontend.answer(gateway, "late")));
    }

    @AfterEach
    void everythingIsReleased() {
        channel.shutdownNow();
        frontend.close();
        gateway.assertReleased();
    }

    @Test
    void servesOnForTheGraceButIsNotReady() throws Exception {
        start("8s");
        gateway.actor("adds", false, call -> GrpcFrontend.answer(gateway, "1"));
        CompletableFuture<Void> stopped = stop();
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .modelInfer(request("adds", "").build())
                        .getModelName())
                .isEqualTo("adds");
        stopped.get(60, TimeUnit.SECONDS);
    }

    @Test
    void answersWhatItAcceptedBeforeItIsGone() throws Exception {
        start("0s");
        gateway.actor("late", false, call -> atTheGate());
        Future<ModelInferResponse> call = GRPCInferenceServiceGrpc.newFutureStub(channel)
                .modelInfer(request("late", "").build());
        await().until(() -> gateway.calls().size() == 1);
        CompletableFuture<Void> stopped = stop();
        // it listens no more, so that what was accepted is all it waits for
        await().until(() -> frontend.beans(GrpcLifecycle.class).stream().noneMatch(GrpcLifecycle::isRunning));
        assertThat(stopped).isNotDone();
        gate.tryEmitEmpty().orThrow();
        assertThat(call.get(60, TimeUnit.SECONDS).getRawOutputContents(0).toStringUtf8())
                .isEqualTo("late");
        stopped.get(60, TimeUnit.SECONDS);
    }

    /** They would be open for ever, and a stop waits for what is open. */
    @Test
    void tellsThoseWhoWatchItsHealthAndEndsTheirCalls() throws Exception {
        start("0s");
        List<String> heard = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                heard.add(response.getStatus().name());
            }

            @Override
            public void onError(Throwable cause) {
                heard.add(Status.fromThrowable(cause).getCode().name());
            }

            @Override
            public void onCompleted() {
                heard.add("no error");
            }
        });
        await().until(() -> heard.equals(List.of("SERVING")));
        stop().get(60, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(heard).containsExactly("SERVING", "NOT_SERVING", "UNAVAILABLE"));
    }

    @Test
    void endsStreamsOnceWhatWasAskedIsAnswered() throws Exception {
        start("0s");
        gateway.actor("late", false, call -> atTheGate());
        StreamCaller idle = StreamCaller.open(GRPCInferenceServiceGrpc.newStub(channel));
        StreamCaller busy = StreamCaller.open(GRPCInferenceServiceGrpc.newStub(channel))
                .send(request("late", "").setId("b"));
        idle.send(request("nothing", ""));
        idle.awaitResponses(1);
        await().until(() -> gateway.calls().size() == 1);
        CompletableFuture<Void> stopped = stop();
        assertThat(idle.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(idle.awaitEnd().getDescription()).contains("is stopping");
        assertThat(busy.responses()).isEmpty();
        gate.tryEmitEmpty().orThrow();
        assertThat(busy.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(busy.responses()).hasSize(1);
        stopped.get(60, TimeUnit.SECONDS);
    }
}
