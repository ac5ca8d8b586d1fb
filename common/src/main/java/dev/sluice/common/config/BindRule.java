package dev.sluice.common.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Nothing listens beyond loopback without a cluster secret. */
public final class BindRule {

    private BindRule() {}

    /**
     * @param address what the service binds to; null: everything
     * @throws SettingRefused where that is more than loopback and there is no secret
     */
    public static void check(@Nullable InetAddress address, String clusterSecret) {
        check(address, clusterSecret, "server.address, management.server.address");
    }

    /**
     * @param address what the service binds to; null: everything
     * @param setting what says so, for whoever has to change it
     * @throws SettingRefused where that is more than loopback and there is no secret
     */
    public static void check(@Nullable InetAddress address, String clusterSecret, String setting) {
        boolean loopback = address != null && address.isLoopbackAddress();
        if (!loopback && clusterSecret.isEmpty()) {
            throw new SettingRefused(
                    "This service would listen on " + (address == null ? "all addresses" : address.getHostAddress())
                            + " and has no cluster secret, so anyone who reaches it could join the platform.",
                    "Set sluice.cluster-secret (the environment variable SLUICE_CLUSTER_SECRET) to the same value for"
                            + " all services, or the address (" + setting + ") to 127.0.0.1.");
        }
    }

    /**
     * The same for a management port of its own.
     *
     * @throws SettingRefused where that listens on more than loopback and there is no secret
     */
    public static void checkManagement(Environment environment, String clusterSecret) {
        if (environment.getProperty(ManagementAddress.PORT) != null) {
            InetAddress address = Binder.get(environment)
                    .bind(ManagementAddress.ADDRESS, InetAddress.class)
                    .orElse(null);
            check(address, clusterSecret);
        }
    }
}
