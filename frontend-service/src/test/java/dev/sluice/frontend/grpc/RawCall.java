package dev.sluice.frontend.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One call over HTTP/2, written down to its frames: its message need not be whole. */
final class RawCall implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM = 1;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int MOST_DATA = 16_384;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    private record Frame(int type, int flags, byte[] payload) {}

    private RawCall(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new DataOutputStream(socket.getOutputStream());
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** @param method of the service of inference */
    static RawCall open(int port, String method) {
        try {
            RawCall call = new RawCall(new Socket(InetAddress.getLoopbackAddress(), port));
            call.socket.setSoTimeout(PATIENCE_MILLIS);
            call.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            call.frame(SETTINGS, 0, 0, new byte[0]);
            call.frame(HEADERS, END_HEADERS, 1, head("/inference.GRPCInferenceService/" + method));
            call.out.flush();
            return call;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** POST http of this path, as HPACK literals that index nothing. */
    private static byte[] head(String path) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0x83); // :method POST
        head.write(0x86); // :scheme http
        head.write(0x04); // :path, literal
        text(head, path);
        header(head, "content-type", "application/grpc");
        header(head, "te", "trailers");
        return head.toByteArray();
    }

    private static void header(ByteArrayOutputStream head, String name, String value) {
        head.write(0);
        text(head, name);
        text(head, value);
    }

    private static void text(ByteArrayOutputStream head, String text) {
        head.write(text.length());
        head.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Announces a message of so many bytes and sends some of them. */
    RawCall send(int announced, int bytes) {
        byte[] message =
                ByteBuffer.allocate(5 + bytes).put((byte) 0).putInt(announced).array();
        try {
            for (int at = 0; at < message.length; at += MOST_DATA) {
                int length = Math.min(MOST_DATA, message.length - at);
                frame(DATA, 0, 1, Arrays.copyOfRange(message, at, at + length));
            }
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the server to end the call; fails where it does not. */
    void awaitEnd() {
        Frame frame = next();
        while (frame.type != HEADERS || (frame.flags & END_STREAM) == 0) {
            frame = next();
        }
    }

    /** How many calls the server lets its client have open at once. */
    long mostCalls() {
        Frame frame = next();
        while (frame.type != SETTINGS) {
            frame = next();
        }
        ByteBuffer settings = ByteBuffer.wrap(frame.payload);
        while (settings.hasRemaining()) {
            int name = settings.getShort();
            int value = settings.getInt();
            if (name == MAX_CONCURRENT_STREAMS) {
                return value;
            }
        }
        return Long.MAX_VALUE;
    }

    private Frame next() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
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
