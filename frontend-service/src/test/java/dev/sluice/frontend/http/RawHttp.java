package dev.sluice.frontend.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 connection, down to its bytes. */
public final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final PushbackInputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new PushbackInputStream(socket.getInputStream());
    }

    /** A response; header names are lower case. */
    public record Response(int status, Map<String, String> headers, byte[] bytes) {

        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    public static RawHttp connect(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new RawHttp(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawHttp send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttp send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a byte, and another each time that the server has said nothing for so long, until it says something or closes. */
    public RawHttp trickle(Duration pace, int most) {
        try {
            socket.setSoTimeout((int) pace.toMillis());
            for (int i = 0; i < most; i++) {
                try {
                    send("x");
                    int said = in.read();
                    if (said >= 0) {
                        in.unread(said);
                    }
                    break;
                } catch (SocketTimeoutException e) {
                    // it waits
                } catch (UncheckedIOException e) {
                    break;
                }
            }
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts an envelope, or with a Content-Type among the headers any other body. */
    public Response post(String path, String body, String... headers) {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Response post(String path, byte[] body, String... headers) {
        sendPost(path, body, headers);
        return read();
    }

    public RawHttp sendPost(String path, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        boolean typed = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            typed |= header.toLowerCase(Locale.ROOT).startsWith("content-type:");
        }
        head.append(typed ? "" : "Content-Type: application/json\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return send(all.toByteArray());
    }

    public Response request(String method, String path, String... headers) {
        send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(headers)
                                .map(header -> header + "\r\n")
                                .toList()) + "\r\n");
        return method.equals("HEAD") ? readHead() : read();
    }

    public Response read() {
        try {
            Response head = readHead();
            String length = head.header("Content-Length");
            byte[] body;
            if (!length.isEmpty()) {
                body = readExactly(Integer.parseInt(length));
            } else if (head.header("Transfer-Encoding").equals("chunked")) {
                body = readChunks();
            } else {
                body = new byte[0];
            }
            return new Response(head.status(), head.headers(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Response readHead() {
        try {
            String statusLine = readLine();
            Map<String, String> headers = new TreeMap<>();
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return new Response(Integer.parseInt(statusLine.split(" ")[1]), headers, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next chunk of a chunked body; empty at its end. */
    public String readChunk() {
        try {
            int length = Integer.parseInt(readLine(), 16);
            byte[] chunk = readExactly(length);
            readLine();
            return new String(chunk, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(readLine(), 16);
            body.writeBytes(readExactly(length));
            readLine();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    /** Whether the server has ended the connection, and with nothing more to say. */
    public boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return e.getMessage() != null && e.getMessage().contains("reset");
        }
    }

    private byte[] readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after \"" + line + "\"");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
