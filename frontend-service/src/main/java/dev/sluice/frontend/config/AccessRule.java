package dev.sluice.frontend.config;

import dev.sluice.common.config.SettingRefused;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Nothing serves callers beyond loopback without asking who they are, unless somebody says that all who reach it may call. */
final class AccessRule {

    private AccessRule() {}

    /**
     * @param address where callers are served; null: everywhere
     * @param setting what says so, for whoever has to change it
     * @throws SettingRefused where that is more than loopback and nothing is said of callers
     */
    static void check(@Nullable InetAddress address, AccessProperties access, String setting) {
        boolean loopback = address != null && address.isLoopbackAddress();
        if (!loopback && !access.asks() && access.open() == null) {
            throw new SettingRefused(
                    "This frontend would listen on " + (address == null ? "all addresses" : address.getHostAddress())
                            + " and asks nobody who they are, so anyone who reaches it could call every actor.",
                    "Set sluice.access.keys, sluice.access.keys-file or sluice.access.jwt (docs/security.md); or, where all who"
                            + " reach it may call, sluice.access.open (the environment variable SLUICE_ACCESS_OPEN) to"
                            + " true; or the address (" + setting + ") to 127.0.0.1.");
        }
    }
}
