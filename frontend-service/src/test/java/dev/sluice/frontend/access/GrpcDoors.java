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
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The ways in over gRPC: the Open Inference Protocol, and Arrow Flight. */
public final class GrpcDoors implements AutoCloseable {

    /** The only door that needs an actor whose results are Arrow. */
    public static final String DOWNLOAD = "Arrow Flight, DoGet";

    private final ManagedChannel inference;
    private final RootAllocator memory = new RootAllocator();
    private final FlightClient flight;
    private final String download;

    /** @param download what a ticket has beside its actor, so that the result is Arrow: members of a JSON object */
    public GrpcDoors(int grpcPort, int flightPort, String download) {
        this.download = download;
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
                new Door("Arrow Flight, DoExchange", this::exchange),
                new Door(DOWNLOAD, this::download));
    }

    ManagedChannel inference() {
        return inference;
    }

    FlightClient flight() {
        return flight;
    }

    private static ClientInterceptor metadata(Door.Shown shown, String header) {
        Metadata metadata = new Metadata();
        put(metadata, "traceparent", Door.TRACEPARENT);
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
                        .setDatatype("INT64")
                        .addShape(1))
                .addRawInputContents(ByteString.copyFrom(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}))
                .build();
    }

    private Door.Heard infer(Door.Shown shown, String header, String actor) {
        try {
            GRPCInferenceServiceGrpc.newBlockingStub(inference)
                    .withInterceptors(metadata(shown, header))
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .modelInfer(request(actor));
            return new Door.Heard(Door.SERVED, "");
        } catch (StatusRuntimeException e) {
            return byStatus(e);
        }
    }

    private static Door.Heard byStatus(Throwable cause) {
        Status status = Status.fromThrowable(cause);
        String outcome = Map.of(
                        Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED",
                        Status.Code.PERMISSION_DENIED, "FORBIDDEN",
                        Status.Code.RESOURCE_EXHAUSTED, "QUOTA")
                .getOrDefault(status.getCode(), status.toString());
        return new Door.Heard(outcome, whole(cause));
    }

    /** What came from the server: in words, as details of the status, and as trailers. */
    private static String whole(Throwable cause) {
        Status status = Status.fromThrowable(cause);
        return status.getCode() + " " + status.getDescription() + " " + StatusProto.fromThrowable(cause) + " "
                + Status.trailersFromThrowable(cause);
    }

    /** Of one request a refusal is a message; the call itself ends where nobody knows its caller. */
    private Door.Heard stream(Door.Shown shown, String actor) {
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
            ModelStreamInferResponse answer = first.join();
            String whole = answer.toString();
            if (answer.getErrorMessage().isEmpty()) {
                return new Door.Heard(answer.getInferResponse().getOutputsCount() == 1 ? Door.SERVED : whole, whole);
            }
            return new Door.Heard(
                    answer.getInferResponse()
                            .getParametersMap()
                            .getOrDefault("code", InferParameter.getDefaultInstance())
                            .getStringParam(),
                    whole);
        } catch (CompletionException e) {
            return byStatus(e.getCause());
        }
    }

    private static HeaderCallOption headers(Door.Shown shown) {
        CallHeaders headers = new FlightCallHeaders();
        headers.insert("traceparent", Door.TRACEPARENT);
        if (shown.secret() != null) {
            headers.insert("authorization", "Bearer " + shown.secret());
        }
        if (shown.tenant() != null) {
            headers.insert("sluice-tenant", shown.tenant());
        }
        return new HeaderCallOption(headers);
    }

    @SuppressWarnings("try") // no test is interrupted
    private Door.Heard download(Door.Shown shown, String actor) {
        byte[] ticket = ("{\"actor\": \"" + actor + "\", " + download + "}").getBytes(StandardCharsets.UTF_8);
        return outcome(() -> {
            try (FlightStream stream = flight.getStream(new Ticket(ticket), headers(shown))) {
                return stream.next();
            }
        });
    }

    @SuppressWarnings("try") // no test is interrupted
    private Door.Heard exchange(Door.Shown shown, String actor) {
        return outcome(() -> {
            try (BigIntVector numbers = new BigIntVector("input", memory);
                    FlightClient.ExchangeReaderWriter call =
                            flight.doExchange(FlightDescriptor.path(actor), headers(shown))) {
                numbers.allocateNew(1);
                numbers.set(0, 1);
                numbers.setValueCount(1);
                VectorSchemaRoot batch = VectorSchemaRoot.of(numbers);
                batch.setRowCount(1);
                call.getWriter().start(batch);
                call.getWriter().putNext();
                call.getWriter().completed();
                return call.getReader().next();
            }
        });
    }

    /** @param call says whether a batch came */
    private static Door.Heard outcome(Callable<Boolean> call) {
        try {
            return new Door.Heard(call.call() ? Door.SERVED : "no batch", "");
        } catch (FlightRuntimeException e) {
            String outcome = Map.of(
                            FlightStatusCode.UNAUTHENTICATED, "UNAUTHENTICATED",
                            FlightStatusCode.UNAUTHORIZED, "FORBIDDEN",
                            FlightStatusCode.RESOURCE_EXHAUSTED, "QUOTA")
                    .getOrDefault(e.status().code(), e.toString());
            return new Door.Heard(outcome, whole(e.status()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String whole(CallStatus status) {
        StringBuilder whole = new StringBuilder(status.code() + " " + status.description());
        ErrorFlightMetadata trailers = status.metadata();
        for (String name : trailers.keys()) {
            for (byte[] value : trailers.getAllByte(name)) {
                whole.append(' ').append(name).append('=').append(new String(value, StandardCharsets.UTF_8));
            }
        }
        return whole.toString();
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
