package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request after the other on one kept-alive connection, and a new one where the server ends it. Not thread-safe. */
final class HttpWire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String EVENTS = "text/event-stream";

    private final URI server;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    HttpWire(URI server) {
        this.server = server;
    }

    /** @param headers by their names in lower case */
    record Reply(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String type() {
            return headers.getOrDefault("content-type", "");
        }
    }

    /** @throws Wrong where no reply comes: the server has to say something to all that looks like a request */
    Reply ask(HttpRequestText request) throws IOException, Wrong {
        try {
            return asked(request);
        } catch (SocketTimeoutException silent) {
            close();
            throw new Wrong("no reply within " + PATIENCE_MILLIS / 1_000 + " s");
        } catch (EOFException ended) {
            close();
            throw new Wrong("the connection ended without a reply");
        }
    }

    private Reply asked(HttpRequestText request) throws IOException {
        Socket to = socket;
        if (to == null) {
            to = new Socket(server.getHost(), server.getPort());
            to.setSoTimeout(PATIENCE_MILLIS);
            to.setTcpNoDelay(true);
            socket = to;
            in = new BufferedInputStream(to.getInputStream());
        }
        to.getOutputStream().write(request.bytes(server.getAuthority()));
        Reply reply = read();
        if (reply.headers.getOrDefault("connection", "").equalsIgnoreCase("close")
                || reply.type().startsWith(EVENTS)) {
            close();
        }
        return reply;
    }

    private Reply read() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status[1]);
        return new Reply(code, headers, code == 204 || code == 304 ? new byte[0] : body(headers));
    }

    /** Of an event stream nothing: it may never end. */
    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("content-type", "").startsWith(EVENTS)) {
            return new byte[0];
        }
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunk(); length > 0; length = chunk()) {
            body.writeBytes(in.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b != '\n') {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
            b = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
