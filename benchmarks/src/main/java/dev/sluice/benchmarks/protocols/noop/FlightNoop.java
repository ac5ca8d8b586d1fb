package dev.sluice.benchmarks.protocols.noop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** DoExchange: a batch of one row for each query, all in one call. */
final class FlightNoop implements NoopClient {

    private static final Schema SCHEMA = new Schema(List.of(Field.nullable("input", ArrowType.Utf8.INSTANCE)));

    private final BufferAllocator allocator = new RootAllocator();
    private final FlightClient client;

    FlightNoop(int port) {
        client = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", port))
                .build();
    }

    @Override
    public String protocol() {
        return "Arrow Flight";
    }

    @Override
    @SuppressWarnings("try") // an interrupt ends the bench, wherever it comes
    public Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException, InterruptedException {
        Laps laps = new Laps(inFlight, leadIn, measured);
        try (ExchangeReaderWriter call = client.doExchange(FlightDescriptor.path(ACTOR));
                VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator)) {
            ((VarCharVector) root.getVector("input")).setSafe(0, "null".getBytes(StandardCharsets.UTF_8));
            root.setRowCount(1);
            call.getWriter().start(root);
            ask(call, inFlight, laps);
            call.getWriter().completed();
            while (call.getReader().next()) {
                throw new IOException("more came by Flight than was asked for");
            }
        } catch (FlightRuntimeException e) {
            throw new IOException("Flight failed: " + e.getMessage(), e);
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Flight could not be closed: " + e.getMessage(), e);
        }
        return laps.result();
    }

    /** Answers come in the order of what was asked. */
    private static void ask(ExchangeReaderWriter call, int inFlight, Laps laps) throws IOException {
        ArrayDeque<Long> sentAt = new ArrayDeque<>();
        for (int i = 0; i < inFlight; i++) {
            sentAt.add(System.nanoTime());
            call.getWriter().putNext();
        }
        while (!sentAt.isEmpty()) {
            if (!call.getReader().next()
                    || !"null"
                            .equals(String.valueOf(
                                    call.getReader().getRoot().getVector(0).getObject(0)))) {
                throw new IOException("an answer by Flight has no null in it");
            }
            if (laps.answered(sentAt.remove())) {
                sentAt.add(System.nanoTime());
                call.getWriter().putNext();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing", e);
        }
        allocator.close();
    }
}
