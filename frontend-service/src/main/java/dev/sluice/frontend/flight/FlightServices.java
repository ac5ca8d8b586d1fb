package dev.sluice.frontend.flight;

import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.rpc.CallInterceptor;
import dev.sluice.frontend.rpc.ReadableRequests;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.Set;
import java.util.concurrent.Executor;

/** The service of this frontend. */
public final class FlightServices {

    private final ServerServiceDefinition flight;

    /** @param executor runs what is not to hold up an event loop; nothing on it waits */
    public FlightServices(
            Gateway gateway, Callers callers, QueryMetrics metrics, FrontendDrain drain, Executor executor) {
        Work work = new Work(drain, executor);
        FlightQueries queries = new FlightQueries(gateway, metrics);
        FlightDirectory directory = new FlightDirectory(gateway, queries, drain);
        FlightService service =
                new FlightService(directory, new FlightDownloads(directory, queries, work), queries, work);
        ReadableRequests readable = new ReadableRequests(Protocol.FLIGHT, metrics);
        flight = ServerInterceptors.intercept(
                readable.of(service.definition()),
                new CallInterceptor(Protocol.FLIGHT, metrics, callers, executor, Set.of()));
    }

    public ServerServiceDefinition flight() {
        return flight;
    }
}
