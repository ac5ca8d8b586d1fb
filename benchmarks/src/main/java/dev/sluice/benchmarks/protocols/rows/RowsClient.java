package dev.sluice.benchmarks.protocols.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClient.ClientStreamListener;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;

/** The client of Arrow's own library; the same for both sides. */
final class RowsClient implements AutoCloseable {

    private final BufferAllocator allocator = new RootAllocator();
    private final ManyRows rows = new ManyRows(allocator);
    private final FlightClient client;

    RowsClient(int port) {
        client = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", port))
                .build();
    }

    /** Sends all rows and takes them back. Seconds. @throws IOException where they are not the same */
    @SuppressWarnings("try") // an interrupt ends the bench, wherever it comes
    double exchange(String actor) throws IOException {
        long start = System.nanoTime();
        RowCheck check = new RowCheck();
        try (ExchangeReaderWriter call = client.doExchange(FlightDescriptor.path(actor))) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(call.getWriter()));
            read(call.getReader(), check);
            sent.join();
        } catch (CompletionException | FlightRuntimeException e) {
            throw failed(e);
        } catch (Exception e) {
            throw e instanceof IOException io ? io : failed(e);
        }
        check.end();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Takes all rows. Seconds. @throws IOException where they are others */
    @SuppressWarnings("try") // as above
    double get(String ticket) throws IOException {
        long start = System.nanoTime();
        RowCheck check = new RowCheck();
        try (FlightStream stream = client.getStream(new Ticket(ticket.getBytes(StandardCharsets.UTF_8)))) {
            read(stream, check);
        } catch (Exception e) {
            throw e instanceof IOException io ? io : failed(e);
        }
        check.end();
        return (System.nanoTime() - start) / 1e9;
    }

    private void send(ClientStreamListener writer) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(ManyRows.SCHEMA, allocator)) {
            writer.start(root);
            VectorLoader loader = new VectorLoader(root);
            for (VectorSchemaRoot batch : rows.batches()) {
                try (var columns = new VectorUnloader(batch).getRecordBatch()) {
                    loader.load(columns);
                }
                // The library has no way to wait for room on this side; what waits is in memory.
                writer.putNext();
            }
            writer.completed();
        }
    }

    private static void read(FlightStream stream, RowCheck check) throws IOException {
        while (stream.next()) {
            check.take(stream.getRoot());
        }
    }

    private static IOException failed(Exception cause) {
        return new IOException("rows could not be had by Flight: " + cause.getMessage(), cause);
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing", e);
        }
        rows.close();
        allocator.close();
    }
}
