package dev.sluice.frontend.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of RFC 6455, frame by frame. */
final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private boolean answersPings = true;

    /** @param payload unmasked */
    record Frame(int opcode, boolean last, byte[] payload) {

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame. */
        int code() {
            assertThat(opcode).as("a close frame").isEqualTo(CLOSE);
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    /** @param receiveBuffer bytes that its system takes in before it reads; 0: as usual */
    private RawSocket(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawSocket open(int port, String path, String... headers) {
        return open(new RawSocket(port, 0), path, headers);
    }

    static RawSocket openSlow(int port, String path) {
        return open(new RawSocket(port, 4096), path);
    }

    private static RawSocket open(RawSocket client, String path, String... headers) {
        client.request(path, headers);
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return client;
    }

    private void request(String path, String... headers) {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private String head() {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                head.write(in.readByte());
            }
            return head.toString(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawSocket answersNoPings() {
        answersPings = false;
        return this;
    }

    RawSocket send(String text) {
        return send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    RawSocket sendBinary(String header, byte[] payload) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(4 + json.length + payload.length);
        message.putInt(json.length).put(json).put(payload);
        return send(BINARY, true, message.array());
    }

    RawSocket send(int opcode, boolean last, byte[] payload) {
        write(frame(opcode, last, payload));
        return this;
    }

    static byte[] frame(int opcode, boolean last, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(MASK);
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % 4];
        }
        frame.writeBytes(masked);
        return frame.toByteArray();
    }

    RawSocket write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame that is no PING. */
    Frame next() {
        while (true) {
            Frame frame = any();
            if (frame.opcode != PING) {
                return frame;
            }
            if (answersPings) {
                send(PONG, true, frame.payload);
            }
        }
    }

    Frame any() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            assertThat(length & 0x80).as("a server masks nothing").isZero();
            long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] payload = new byte[(int) size];
            in.readFully(payload);
            return new Frame(first & 0x0F, (first & 0x80) != 0, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        Frame frame = next();
        assertThat(frame.opcode).as("a text message, not %s", frame).isEqualTo(TEXT);
        return frame.text();
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(text());
    }

    /** A binary message's header; the rest follows it. */
    static JsonNode header(Frame frame) {
        assertThat(frame.opcode).isEqualTo(BINARY);
        ByteBuffer message = ByteBuffer.wrap(frame.payload);
        byte[] json = new byte[message.getInt()];
        message.get(json);
        return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
    }

    static byte[] body(Frame frame) {
        int start = 4 + ByteBuffer.wrap(frame.payload).getInt();
        return java.util.Arrays.copyOfRange(frame.payload, start, frame.payload.length);
    }

    /** Whether something has come that was not read; does not wait. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Whether the connection ends now, in whatever way. */
    boolean ends() {
        try {
            return in.read() < 0;
        } catch (EOFException e) {
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Ends the connection. */
    void leave() {
        close();
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
