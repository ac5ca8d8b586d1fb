package dev.sluice.frontend.grpc;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static org.assertj.core.api.Assertions.assertThat;

import inference.GRPCInferenceServiceGrpc;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What probes and tools ask. */
class GrpcHealthTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    private static HealthCheckRequest of(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    private ServingStatus check(String service) {
        return HealthGrpc.newBlockingStub(frontend.channel()).check(of(service)).getStatus();
    }

    @Test
    void servesAsLongAsThereIsACatalogue() {
        assertThat(check("")).isEqualTo(ServingStatus.SERVING);
        assertThat(check(GRPCInferenceServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
        frontend.gateway().ready(false);
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(failure(() -> check("other")).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void tellsThoseWhoWatchOfEachChange() {
        List<ServingStatus> heard = new CopyOnWriteArrayList<>();
        Context.CancellableContext watching = Context.current().withCancellation();
        watching.run(() -> HealthGrpc.newStub(frontend.channel()).watch(of(""), new Heard(heard)));
        await().until(() -> heard.equals(List.of(ServingStatus.SERVING)));
        frontend.gateway().ready(false);
        await().until(() -> heard.equals(List.of(ServingStatus.SERVING, ServingStatus.NOT_SERVING)));
        watching.cancel(null);
    }

    private record Heard(List<ServingStatus> statuses) implements StreamObserver<HealthCheckResponse> {
        @Override
        public void onNext(HealthCheckResponse response) {
            statuses.add(response.getStatus());
        }

        @Override
        public void onError(Throwable cause) {
            // cancelled by the test
        }

        @Override
        public void onCompleted() {
            statuses.add(ServingStatus.UNRECOGNIZED);
        }
    }

    @Test
    void showsItsServicesByReflection() {
        List<String> services = new CopyOnWriteArrayList<>();
        StreamObserver<ServerReflectionRequest> asked = ServerReflectionGrpc.newStub(frontend.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        response.getListServicesResponse()
                                .getServiceList()
                                .forEach(service -> services.add(service.getName()));
                    }

                    @Override
                    public void onError(Throwable cause) {
                        services.add(cause.toString());
                    }

                    @Override
                    public void onCompleted() {
                        services.add("end");
                    }
                });
        asked.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        await().until(() -> services.contains("inference.GRPCInferenceService"));
        // What was asked is no longer counted, though the stream goes on.
        frontend.gateway().assertReleased();
        asked.onCompleted();
        await().until(() -> services.contains("end"));
        assertThat(services).contains("inference.GRPCInferenceService", "grpc.health.v1.Health");
    }
}
