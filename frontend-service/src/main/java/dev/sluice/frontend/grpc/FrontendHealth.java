package dev.sluice.frontend.grpc;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import inference.GRPCInferenceServiceGrpc;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** gRPC's own health service: the server, and the inference service, serve as long as this frontend is ready. */
final class FrontendHealth extends HealthGrpc.HealthImplBase {

    /** How soon those who watch hear of a change. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ModelDirectory models;
    private final FrontendDrain drain;

    FrontendHealth(ModelDirectory models, FrontendDrain drain) {
        this.models = models;
        this.drain = drain;
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> caller) {
        if (!isKnown(request)) {
            caller.onError(Status.NOT_FOUND
                    .withDescription("There is no service " + request.getService() + "; there is "
                            + GRPCInferenceServiceGrpc.SERVICE_NAME + ".")
                    .asRuntimeException());
            return;
        }
        caller.onNext(response(status()));
        caller.onCompleted();
    }

    /**
     * Never ends by itself, whatever the service, as the protocol has it, unless the frontend stops: a stop waits for the calls that are
     * open, and those who watch are open for ever.
     */
    @Override
    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        ServerCallStreamObserver<HealthCheckResponse> caller = (ServerCallStreamObserver<HealthCheckResponse>) observer;
        boolean known = isKnown(request);
        Supplier<ServingStatus> look = () -> known ? status() : ServingStatus.SERVICE_UNKNOWN;
        Disposable watch = Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .map(count -> look.get())
                .takeUntilOther(stop())
                .concatWith(Mono.fromSupplier(look))
                .distinctUntilChanged()
                .subscribe(
                        status -> caller.onNext(response(status)),
                        fault -> caller.onError(GrpcOutcomes.exception(GrpcOutcomes.failure(fault))),
                        () -> caller.onError(GrpcOutcomes.exception(FrontendDrain.STOPPING)));
        caller.setOnCancelHandler(watch::dispose);
    }

    private Mono<Void> stop() {
        return Mono.create(sink -> sink.onDispose(drain.onDrain(sink::success)));
    }

    private static boolean isKnown(HealthCheckRequest request) {
        return request.getService().isEmpty() || request.getService().equals(GRPCInferenceServiceGrpc.SERVICE_NAME);
    }

    private ServingStatus status() {
        return models.isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}
