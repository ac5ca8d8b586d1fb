package dev.sluice.benchmarks.protocols.rows;

import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.OutboundStreamListener;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;

/** A server of Arrow's own library with nothing behind it: gives batches back as they are, and hands out rows that it has in memory. */
public final class BareFlight extends NoOpFlightProducer {

    private static final long PAUSE_NANOS = 50_000;

    private final ManyRows rows;

    private BareFlight(ManyRows rows) {
        this.rows = rows;
    }

    /** @param arguments the port on loopback */
    @SuppressWarnings("try") // the allocator is not used again
    public static void main(String[] arguments) throws Exception {
        Location at = Location.forGrpcInsecure("127.0.0.1", Integer.parseInt(arguments[0]));
        try (BufferAllocator allocator = new RootAllocator();
                ManyRows rows = new ManyRows(allocator);
                FlightServer server = FlightServer.builder(allocator, at, new BareFlight(rows))
                        .build()
                        .start()) {
            server.awaitTermination();
        }
    }

    @Override
    public void doExchange(CallContext context, FlightStream reader, ServerStreamListener writer) {
        writer.start(reader.getRoot());
        while (reader.next()) {
            awaitRoom(writer, context);
            writer.putNext();
        }
        writer.completed();
    }

    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(
                ManyRows.SCHEMA, rows.batches().get(0).getVector(0).getAllocator())) {
            listener.start(root);
            VectorLoader loader = new VectorLoader(root);
            for (VectorSchemaRoot batch : rows.batches()) {
                try (var columns = new VectorUnloader(batch).getRecordBatch()) {
                    loader.load(columns);
                }
                awaitRoom(listener, context);
                listener.putNext();
            }
            listener.completed();
        }
    }

    /** By looking: with the library's CallbackBackpressureStrategy, registered before the start, DoGet stopped without an end. */
    private static void awaitRoom(OutboundStreamListener caller, CallContext context) {
        while (!caller.isReady() && !context.isCancelled()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
