package dev.sluice.frontend.flight;

import arrow.flight.protocol.FlightData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** What Arrow's own reader makes of the messages of a call. */
final class IpcText {

    private static final int MOST_BYTES = 1 << 20;

    private IpcText() {}

    /** The values of the first column of all batches, as they are printed. */
    static List<String> values(List<FlightData> messages) {
        List<String> values = new ArrayList<>();
        try (BufferAllocator memory = new RootAllocator(MOST_BYTES);
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream(messages)), memory)) {
            while (reader.loadNextBatch()) {
                values.addAll(Batches.values(reader.getVectorSchemaRoot()));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where that reader takes them for none, or says of values that are not counted as nulls that they are. */
    static Optional<List<String>> valuesIfAny(List<FlightData> messages) {
        try {
            return Optional.of(values(messages))
                    .filter(values -> !String.join("", values).contains("null"));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] stream(List<FlightData> messages) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (FlightData message : messages) {
            if (!message.getDataHeader().isEmpty()) {
                int padding = -message.getDataHeader().size() & 7;
                stream.writeBytes(number(-1));
                stream.writeBytes(number(message.getDataHeader().size() + padding));
                stream.writeBytes(message.getDataHeader().toByteArray());
                stream.writeBytes(new byte[padding]);
                stream.writeBytes(message.getDataBody().toByteArray());
            }
        }
        stream.writeBytes(number(-1));
        stream.writeBytes(number(0));
        return stream.toByteArray();
    }

    /** One batch, which is closed, as a stream. */
    static byte[] stream(VectorSchemaRoot batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (batch;
                ArrowStreamWriter writer = new ArrowStreamWriter(batch, null, out)) {
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
