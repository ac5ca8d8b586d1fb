package dev.sluice.router.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a server says first over HTTP/2 (RFC 9113, 6.5 and 6.9), to a client that says nothing but that it speaks it.
 *
 * @param settings by their numbers
 * @param connectionWindow bytes that it takes over all streams before it acknowledges any
 */
public record Http2Greeting(Map<Integer, Long> settings, long connectionWindow) {

    public static final int INITIAL_WINDOW_SIZE = 4;
    public static final int MAX_FRAME_SIZE = 5;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final byte[] PING = {0, 0, 8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int SETTINGS = 4;
    private static final int PONG = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final long FIRST_WINDOW = 65_535;

    public static Http2Greeting of(URI server) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(PREFACE);
            socket.getOutputStream().write(NO_SETTINGS);
            // Answered after all that comes of itself.
            socket.getOutputStream().write(PING);
            return read(new DataInputStream(socket.getInputStream()));
        }
    }

    private static Http2Greeting read(DataInputStream in) throws IOException {
        Map<Integer, Long> settings = new HashMap<>();
        long window = FIRST_WINDOW;
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.skipNBytes(5);
            ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
            if (type == PONG) {
                return new Http2Greeting(settings, window);
            } else if (type == WINDOW_UPDATE) {
                window += payload.getInt();
            }
            while (type == SETTINGS && payload.hasRemaining()) {
                settings.put((int) payload.getShort(), Integer.toUnsignedLong(payload.getInt()));
            }
        }
    }
}
