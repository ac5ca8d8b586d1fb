package dev.sluice.frontend.flight;

import static org.assertj.core.api.Assertions.assertThat;

import arrow.flight.protocol.FlightData;
import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.FlightDescriptor.DescriptorType;
import arrow.flight.protocol.FlightServiceGrpc;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** Sends messages as they are, whatever they are. */
final class RawExchange implements AutoCloseable {

    private final RawCalls calls;

    RawExchange(int port) {
        calls = new RawCalls(port);
    }

    /** How the call ended, and how many messages came before. */
    record End(Status status, int messages) {}

    End send(List<byte[]> messages) {
        RawCalls.End end =
                calls.call(FlightServiceGrpc.getDoExchangeMethod(), messages).join();
        assertThat(end.status().getCode()).isNotEqualTo(Status.Code.DEADLINE_EXCEEDED);
        return new End(end.status(), end.messages().size());
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
            ByteArrayOutputStream body = new ByteArrayOutputStream();
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
        calls.close();
    }
}
