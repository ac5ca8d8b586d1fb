package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import inference.GRPCInferenceServiceGrpc;
import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelStreamInferResponse;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.RootAllocator;

/** The ways in over gRPC: the Open Inference Protocol, and Arrow Flight. */
public final class GrpcDoors implements AutoCloseable {

    private final ManagedChannel inference;
    private final RootAllocator memory = new RootAllocator();
    private final FlightClient flight;
    private final String flightMethod;

    /** @param flightMethod one whose results may be Arrow as far as is known before it is asked */
    public GrpcDoors(int grpcPort, int flightPort, String flightMethod) {
        this.flightMethod = flightMethod;
        inference = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
                .usePlaintext()
                .build();
        flight = FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", flightPort))
                .build();
    }

    public List<Door> all() {
        return List.of(
                new Door("gRPC", (shown, actor) -> infer(shown, "authorization", actor)),
                new Door("gRPC, x-api-key", (shown, actor) -> infer(shown, "x-api-key", actor)),
                new Door("gRPC stream", this::stream),
                new Door("Arrow Flight", this::flight));
    }

    ManagedChannel inference() {
        return inference;
    }

    FlightClient flight() {
        return flight;
    }

    private static ClientInterceptor metadata(Door.Shown shown, String header) {
        Metadata metadata = new Metadata();
        if (shown.secret() != null) {
            put(metadata, header, (header.equals("authorization") ? "Bearer " : "") + shown.secret());
        }
        if (shown.tenant() != null) {
            put(metadata, "sluice-tenant", shown.tenant());
        }
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    private static void put(Metadata metadata, String name, String value) {
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }

    private static ModelInferRequest request(String actor) {
        return ModelInferRequest.newBuilder()
                .setModelName(actor)
                .addInputs(InferInputTensor.newBuilder()
                        .setName("input")
                        .setDatatype("UINT8")
                        .addShape(1))
                .addRawInputContents(ByteString.copyFromUtf8("1"))
                .build();
    }

    private String infer(Door.Shown shown, String header, String actor) {
        try {
            GRPCInferenceServiceGrpc.newBlockingStub(inference)
                    .withInterceptors(metadata(shown, header))
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .modelInfer(request(actor));
            return Door.SERVED;
        } catch (StatusRuntimeException e) {
            return byStatus(e.getStatus());
        }
    }

    private static String byStatus(Status status) {
        return Map.of(
                        Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED",
                        Status.Code.PERMISSION_DENIED, "FORBIDDEN",
                        Status.Code.RESOURCE_EXHAUSTED, "QUOTA")
                .getOrDefault(status.getCode(), Door.SERVED);
    }

    /** Of one request a refusal is a message; the call itself ends where nobody knows its caller. */
    private String stream(Door.Shown shown, String actor) {
        CompletableFuture<ModelStreamInferResponse> first = new CompletableFuture<>();
        StreamObserver<ModelInferRequest> requests = GRPCInferenceServiceGrpc.newStub(inference)
                .withInterceptors(metadata(shown, "authorization"))
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .modelStreamInfer(new StreamObserver<>() {
                    @Override
                    public void onNext(ModelStreamInferResponse response) {
                        first.complete(response);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        first.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {
                        first.complete(ModelStreamInferResponse.getDefaultInstance());
                    }
                });
        try {
            requests.onNext(request(actor));
            requests.onCompleted();
        } catch (IllegalStateException over) {
            assertThat(first).as("the call is over already").isDone();
        }
        try {
            String code = first.join()
                    .getInferResponse()
                    .getParametersMap()
                    .getOrDefault("code", InferParameter.getDefaultInstance())
                    .getStringParam();
            return List.of("FORBIDDEN", "QUOTA").contains(code) ? code : Door.SERVED;
        } catch (CompletionException e) {
            return byStatus(Status.fromThrowable(e.getCause()));
        }
    }

    @SuppressWarnings("try") // no test is interrupted
    private String flight(Door.Shown shown, String actor) {
        CallHeaders headers = new FlightCallHeaders();
        if (shown.secret() != null) {
            headers.insert("authorization", "Bearer " + shown.secret());
        }
        if (shown.tenant() != null) {
            headers.insert("sluice-tenant", shown.tenant());
        }
        String ticket = "{\"actor\": \"" + actor + "\", \"method\": \"" + flightMethod + "\", \"input\": 1}";
        try (FlightStream stream =
                flight.getStream(new Ticket(ticket.getBytes(StandardCharsets.UTF_8)), new HeaderCallOption(headers))) {
            stream.next();
            return Door.SERVED;
        } catch (FlightRuntimeException e) {
            return Map.of(
                            FlightStatusCode.UNAUTHENTICATED, "UNAUTHENTICATED",
                            FlightStatusCode.UNAUTHORIZED, "FORBIDDEN",
                            FlightStatusCode.RESOURCE_EXHAUSTED, "QUOTA")
                    .getOrDefault(e.status().code(), Door.SERVED);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        inference.shutdownNow();
        try {
            flight.close();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        memory.close();
    }
}
