package dev.sluice.client.transport;

import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Where a frontend is, and what a client may use to talk with it. */
public record Endpoint(String host, int port, Security security, Duration connectTimeout, Limits limits) {

    /** @param trust whom to trust with TLS; null: whom the JDK does */
    public record Security(boolean tls, @Nullable TrustManagerFactory trust) {}

    /**
     * @param maxConnections of HTTP, each of which has one query at a time
     * @param maxResultBytes that a result may have
     */
    public record Limits(int maxConnections, int maxResultBytes) {}

    /** For messages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
