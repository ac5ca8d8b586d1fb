package dev.sluice.cli.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.IntStream;

/** Ports of the loopback address: which are free, and never the same one twice. */
public final class Ports {

    private static final int CONNECT_MILLIS = 200;

    /** Below the ports that connections take for their own end, so that a process finds its port free at its restart. */
    private static final int FIRST = 18_000;

    private static final int LAST = 32_000;

    /** A process that was started beside this one begins to look elsewhere. */
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % 500) * 20;

    private Ports() {}

    /** A port that nobody listens on, and that was not given before. */
    static int free() {
        return freeRow(1);
    }

    /**
     * The first of so many free ports in a row, of which none was given before until all were.
     *
     * @throws PlatformException where there are none left
     */
    public static synchronized int freeRow(int count) {
        for (int looked = 0; looked < LAST - FIRST; looked += count) {
            if (next + count > LAST) {
                next = FIRST;
            }
            int first = next;
            next += count;
            if (IntStream.range(first, first + count).noneMatch(Ports::taken)) {
                return first;
            }
        }
        throw new PlatformException(
                "There are no " + count + " free ports in a row from " + FIRST + " to " + LAST + ".");
    }

    static boolean taken(int port) {
        return listens(port) || !bindable(port);
    }

    /** Where a socket may be bound beside one that listens on all addresses, only a connection shows that one. */
    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    private static boolean bindable(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
