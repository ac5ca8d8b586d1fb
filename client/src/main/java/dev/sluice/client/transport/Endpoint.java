package dev.sluice.client.transport;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a frontend is, and what a client may use to talk with it.
 *
 * @param headers what each request says beside its own
 */
public record Endpoint(String host, int port, Security security, Limits limits, Supplier<Map<String, String>> headers) {

    /** @param trust whom to trust with TLS; null: whom the JDK does */
    public record Security(boolean tls, @Nullable TrustManagerFactory trust) {}

    /**
     * @param maxConnections of HTTP, each of which has one query at a time
     * @param maxResultBytes that a result may have
     * @param connectTimeout for a connection to come about
     * @param maxSilence on a stream over HTTP
     */
    public record Limits(int maxConnections, int maxResultBytes, Duration connectTimeout, Duration maxSilence) {}

    /** For messages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
