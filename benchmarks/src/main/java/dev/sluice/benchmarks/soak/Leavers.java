package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.load.QueryBody;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Callers who go before their answer comes, each on a connection of its own: politely, by a reset, or in the middle of a stream. */
final class Leavers {

    private static final int SLO_MILLIS = 5_000;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String STREAM_BODY = "{\"input\": 1000}";

    private Leavers() {}

    static void comeAndGo(URI frontend, int count) throws IOException {
        byte[] query = QueryBody.SLUICE.request(frontend.resolve("/model"), SLO_MILLIS);
        byte[] stream = ("POST /ticks HTTP/1.1\r\nHost: " + frontend.getAuthority()
                        + "\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: "
                        + STREAM_BODY.length() + "\r\n\r\n" + STREAM_BODY)
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            try (Socket socket = new Socket(frontend.getHost(), frontend.getPort())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                boolean streams = i % 4 == 0;
                socket.getOutputStream().write(streams ? stream : query);
                if (streams && socket.getInputStream().read() < 0) {
                    throw new IOException("a stream ended before it began");
                }
                if (i % 2 == 0) {
                    socket.setSoLinger(true, 0);
                }
            }
        }
    }
}
