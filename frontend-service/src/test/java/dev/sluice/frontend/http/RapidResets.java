package dev.sluice.frontend.http;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 caller that opens streams only to reset them, written down to its frames. */
final class RapidResets implements AutoCloseable {

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataOutputStream out;

    private RapidResets(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static RapidResets connect(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(60_000);
            RapidResets caller = new RapidResets(socket);
            caller.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            caller.frame(SETTINGS, 0, 0, new byte[0]);
            caller.out.flush();
            return caller;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens and resets streams until the server has had enough; returns how many it took, at most {@code limit}. */
    int resetUntilRefused(int limit) {
        int resets = 0;
        try {
            InputStream in = socket.getInputStream();
            for (; resets < limit; resets++) {
                int stream = 2 * resets + 1;
                frame(HEADERS, END_HEADERS, stream, head());
                frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                out.flush();
            }
            while (in.read() >= 0) {
                // what is left to be said before the end
            }
            return resets == limit ? resets - 1 : resets;
        } catch (java.net.SocketTimeoutException e) {
            return limit;
        } catch (IOException e) {
            return Math.min(resets, limit - 1);
        }
    }

    /** POST http /never, as HPACK literals that index nothing. */
    private static byte[] head() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0x83); // :method POST
        head.write(0x86); // :scheme http
        head.write(0x04); // :path, literal
        byte[] path = "/never".getBytes(StandardCharsets.US_ASCII);
        head.write(path.length);
        head.writeBytes(path);
        return head.toByteArray();
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(0);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
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
