package dev.sluice.router.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that is told where to listen. Below those that connections take for their own end: one of these could have it
 * before the process does, or while it is down.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 18_000;
    private static final int TRIES = 1_000;

    private FreePort() {}

    public static int find() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new IllegalStateException("There is no free port from " + FIRST + " to " + LAST + ".");
    }
}
