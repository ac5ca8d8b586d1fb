package dev.sluice.frontend.flight;

import static org.assertj.core.api.Assertions.assertThat;

import arrow.flight.protocol.FlightData;
import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.FlightDescriptor.DescriptorType;
import arrow.flight.protocol.FlightServiceGrpc;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** Sends messages as they are, whatever they are. */
final class RawExchange implements AutoCloseable {

    private static final MethodDescriptor<byte[], byte[]> EXCHANGE = FlightServiceGrpc.getDoExchangeMethod().toBuilder(
                    new AsTheyAre(), new AsTheyAre())
            .build();

    private static final class AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final ManagedChannel channel;

    RawExchange(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /** How the call ended, and how many messages came before. */
    record End(Status status, int messages) {}

    End send(List<byte[]> messages) {
        CompletableFuture<Status> ended = new CompletableFuture<>();
        List<byte[]> received = new ArrayList<>();
        StreamObserver<byte[]> call = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(EXCHANGE, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS)),
                new StreamObserver<>() {
                    @Override
                    public void onNext(byte[] message) {
                        received.add(message);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        ended.complete(Status.fromThrowable(cause));
                    }

                    @Override
                    public void onCompleted() {
                        ended.complete(Status.OK);
                    }
                });
        messages.forEach(call::onNext);
        call.onCompleted();
        Status status = ended.join();
        assertThat(status.getCode()).isNotEqualTo(Status.Code.DEADLINE_EXCEEDED);
        return new End(status, received.size());
    }

    static FlightData.Builder descriptor(String... path) {
        return FlightData.newBuilder()
                .setFlightDescriptor(FlightDescriptor.newBuilder()
                        .setType(DescriptorType.PATH)
                        .addAllPath(List.of(path)));
    }

    /** Whom it asks, the schema and the batch, each in a message. */
    static List<FlightData.Builder> messages(VectorSchemaRoot batch, String... path) {
        FlightData.Builder schema = FlightData.newBuilder()
                .setDataHeader(
                        ByteString.copyFrom(MessageSerializer.serializeMetadata(batch.getSchema(), IpcOption.DEFAULT)));
        try (ArrowRecordBatch records = new VectorUnloader(batch).getRecordBatch()) {
            java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
            MessageSerializer.writeBatchBuffers(new WriteChannel(java.nio.channels.Channels.newChannel(body)), records);
            FlightData.Builder message = FlightData.newBuilder()
                    .setDataHeader(ByteString.copyFrom(MessageSerializer.serializeMetadata(records, IpcOption.DEFAULT)))
                    .setDataBody(ByteString.copyFrom(body.toByteArray()));
            return List.of(descriptor(path), schema, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> bytes(List<FlightData.Builder> messages) {
        return messages.stream().map(message -> message.build().toByteArray()).toList();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
