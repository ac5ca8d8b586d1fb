package dev.sluice.common.metrics;

import dev.sluice.common.http.ConnectionLimit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Tells how near to its limit the number of connections is. */
public final class ConnectionMeters {

    private static final String PROTOCOL = "protocol";

    private ConnectionMeters() {}

    /** @param protocol what connections are for: http, or grpc for Arrow Flight as well */
    public static ConnectionLimit measured(ConnectionLimit limit, MeterRegistry meters, String protocol) {
        Gauge.builder("sluice.connections.open", limit, ConnectionLimit::open)
                .description("connections that are open")
                .tag(PROTOCOL, protocol)
                .strongReference(true)
                .register(meters);
        FunctionCounter.builder("sluice.connections.refused", limit, ConnectionLimit::refused)
                .description("connections closed as they came, since as many were open as may be")
                .tag(PROTOCOL, protocol)
                .register(meters);
        return limit;
    }
}
