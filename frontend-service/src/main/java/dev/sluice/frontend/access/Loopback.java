package dev.sluice.frontend.access;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** This machine. Who calls from here is believed which tenant it is; anybody else could claim any. */
public final class Loopback {

    private Loopback() {}

    /** Whether somebody at this address is on it; not where that is unknown. */
    public static boolean is(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && socket.getAddress().isLoopbackAddress();
    }
}
