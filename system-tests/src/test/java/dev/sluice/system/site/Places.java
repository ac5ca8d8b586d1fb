package dev.sluice.system.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Where things are on this machine: the project's folder, and ports that nobody uses. */
public final class Places {

    /** Below the ports that connections take for their own end, so that a process finds its port free at its restart. */
    private static final int FIRST_PORT = 18_000;

    private static final int LAST_PORT = 32_000;

    private static int next = FIRST_PORT + (int) (ProcessHandle.current().pid() % 500) * 20;

    private Places() {}

    public static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** A folder below this module's target. */
    public static Path folder(String name) {
        try {
            return Files.createDirectories(
                    project().resolve("system-tests/target/sites").resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The first of so many free ports in a row. */
    public static synchronized int freePorts(int count) {
        while (next + count < LAST_PORT) {
            int first = next;
            next += count;
            if (IntStream.range(first, first + count).allMatch(Places::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("There are no " + count + " free ports in a row.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
