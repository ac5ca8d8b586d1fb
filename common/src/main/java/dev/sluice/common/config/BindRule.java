package dev.sluice.common.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Nothing listens beyond loopback without a cluster secret. */
public final class BindRule {

    private BindRule() {}

    /**
     * @param address what the service binds to; null: everything
     * @throws SettingRefused where that is more than loopback and there is no secret
     */
    public static void check(@Nullable InetAddress address, String clusterSecret) {
        boolean loopback = address != null && address.isLoopbackAddress();
        if (!loopback && clusterSecret.isEmpty()) {
            throw new SettingRefused(
                    "This service would listen on " + (address == null ? "all addresses" : address.getHostAddress())
                            + " and has no cluster secret, so anyone who reaches it could join the platform.",
                    "Set sluice.cluster-secret (the environment variable SLUICE_CLUSTER_SECRET) to the same value for"
                            + " all services, or server.address to 127.0.0.1.");
        }
    }
}
