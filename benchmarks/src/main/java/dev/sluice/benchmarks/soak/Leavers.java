package dev.sluice.benchmarks.soak;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Callers who go before their answer comes, each on a connection of its own: while an actor works for them, or in the middle of a
 * stream, and of both one half politely and one half by a reset.
 */
final class Leavers {

    private static final int PATIENCE_MILLIS = 10_000;

    /** Who has no answer after this time is being worked for: the actor takes a second. */
    private static final int A_MOMENT_MILLIS = 50;

    private static final int ROOM = 16 << 10;
    private static final String QUERY = "{\"input\": 1, \"slo_ms\": 60000}";

    /** Twenty seconds long. */
    private static final String STREAM = "{\"input\": {\"n\": 1000, \"everyMillis\": 20}}";

    private Leavers() {}

    static void comeAndGo(URI frontend, int count) throws IOException {
        byte[] query = request(frontend, "/sleeper", "application/json", QUERY);
        byte[] stream = request(frontend, "/ticks/paced", "text/event-stream", STREAM);
        for (int i = 0; i < count; i++) {
            boolean streams = i % 4 < 2;
            try (Socket socket = new Socket(frontend.getHost(), frontend.getPort())) {
                socket.getOutputStream().write(streams ? stream : query);
                if (streams) {
                    awaitFirst(socket);
                } else {
                    awaitMoment(socket);
                }
                if (i % 2 == 0) {
                    socket.setSoLinger(true, 0);
                }
            }
        }
    }

    private static void awaitFirst(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        // All that there is: what is left unread would turn a polite end into a reset.
        if (socket.getInputStream().read(new byte[ROOM]) < 0) {
            throw new IOException("a stream ended before it began");
        }
    }

    private static void awaitMoment(Socket socket) throws IOException {
        socket.setSoTimeout(A_MOMENT_MILLIS);
        try {
            if (socket.getInputStream().read(new byte[ROOM]) < 0) {
                throw new IOException("a connection ended before its query was answered");
            }
        } catch (SocketTimeoutException asItShould) {
            // It was taken, and is being worked for. Who was answered in spite of that does not count as one who left.
        }
    }

    private static byte[] request(URI frontend, String path, String accept, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: " + frontend.getAuthority()
                        + "\r\nContent-Type: application/json\r\nAccept: " + accept + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
