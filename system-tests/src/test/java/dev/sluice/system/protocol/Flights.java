package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.site.Site;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A client of Arrow Flight, which has nothing left once it is closed. */
final class Flights implements AutoCloseable {

    private static final long GLANCE_NANOS = 100_000;

    private final BufferAllocator memory = new RootAllocator();
    private final FlightClient client;

    Flights(int port) {
        client = FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", port))
                .build();
    }

    FlightClient client() {
        return client;
    }

    /** Numbers in a column, {@code count} from {@code first} on, for the caller to close. */
    VectorSchemaRoot numbers(String column, long first, int count) {
        BigIntVector numbers = new BigIntVector(column, memory);
        numbers.allocateNew(count);
        for (int i = 0; i < count; i++) {
            numbers.set(i, first + i);
        }
        numbers.setValueCount(count);
        VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
        root.setRowCount(count);
        return root;
    }

    /** Sends the same batch so many times, and reads what comes until all has come. */
    @SuppressWarnings("try") // no test is interrupted
    void exchange(
            FlightDescriptor to, VectorSchemaRoot batch, int times, Consumer<FlightStream> read, CallOption... options)
            throws Exception {
        try (ExchangeReaderWriter call = client.doExchange(to, options)) {
            AtomicBoolean over = new AtomicBoolean();
            Thread writer = new Thread(() -> write(call, batch, times, over));
            writer.start();
            try {
                while (call.getReader().next()) {
                    read.accept(call.getReader());
                }
            } finally {
                over.set(true);
                writer.join();
            }
        }
    }

    private static void write(ExchangeReaderWriter call, VectorSchemaRoot batch, int times, AtomicBoolean over) {
        try {
            call.getWriter().start(batch);
            for (int i = 0; i < times && !over.get(); i++) {
                while (!call.getWriter().isReady() && !over.get()) {
                    LockSupport.parkNanos(GLANCE_NANOS);
                }
                call.getWriter().putNext();
            }
            call.getWriter().completed();
        } catch (RuntimeException e) {
            // Whoever reads is told why.
            over.set(true);
        }
    }

    @SuppressWarnings("try") // no test is interrupted
    long rows(String ticket) throws Exception {
        long rows = 0;
        try (FlightStream stream = client.getStream(new Ticket(ticket.getBytes(StandardCharsets.UTF_8)))) {
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
        }
        return rows;
    }

    @Override
    public void close() {
        // What comes late of a call that has ended is let go of by the client's own threads; its end would not wait for
        // them for long.
        await("nothing is held").atMost(Site.LONG).until(() -> memory.getAllocatedMemory() == 0);
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        assertThat(memory.getAllocatedMemory()).isZero();
        memory.close();
    }
}
