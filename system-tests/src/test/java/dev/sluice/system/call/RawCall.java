package dev.sluice.system.call;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection of its own for one request, for callers who leave, dawdle or look closely. */
public final class RawCall implements Closeable {

    private static final int MOST_MILLIS = 180_000;

    private final Socket socket;

    private RawCall(Socket socket) {
        this.socket = socket;
    }

    public static RawCall send(URI frontend, String target, String inputJson, String... headers) throws IOException {
        String body = "{\"input\": " + inputJson + "}";
        StringBuilder request = new StringBuilder("POST /" + target + " HTTP/1.1\r\nHost: " + frontend.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("\r\n").append(body);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), frontend.getPort());
        socket.setSoTimeout(MOST_MILLIS);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        return new RawCall(socket);
    }

    /** As {@link #send} with {@code Accept: text/event-stream}. */
    public static RawCall stream(URI frontend, String target, String inputJson) throws IOException {
        return send(frontend, target, inputJson, "Accept: text/event-stream");
    }

    /** Everything up to and with this text; less where the connection ends before. */
    public String readUntil(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Everything until the other side closes. */
    public String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Leaves without a word: the other side gets a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Leaves politely. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
