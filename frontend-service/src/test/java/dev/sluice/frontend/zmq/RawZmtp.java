package dev.sluice.frontend.zmq;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client of ZMTP 3.0 with the mechanism NULL sends, byte by byte. */
final class RawZmtp {

    private RawZmtp() {}

    /** Greets, and waits until the server is ready too. */
    static void shakeHands(Socket socket) throws IOException {
        socket.getOutputStream().write(hello());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readFully(new byte[greeting().length]);
        in.readByte();
        in.readFully(new byte[in.readUnsignedByte()]);
    }

    /** All that a client says before its first message. */
    static byte[] hello() {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(greeting());
        hello.writeBytes(ready());
        return hello.toByteArray();
    }

    private static byte[] greeting() {
        byte[] greeting = new byte[64];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
        return greeting;
    }

    private static byte[] ready() {
        String socketType = "DEALER";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(5);
        body.writeBytes("READY".getBytes(StandardCharsets.US_ASCII));
        body.write(11);
        body.writeBytes("Socket-Type".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(new byte[] {0, 0, 0, (byte) socketType.length()});
        body.writeBytes(socketType.getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(4);
        frame.write(body.size());
        frame.writeBytes(body.toByteArray());
        return frame.toByteArray();
    }

    /** What announces a frame of so many bytes. */
    static byte[] head(long size) {
        return ByteBuffer.allocate(9).put((byte) 2).putLong(size).array();
    }

    /** What a client of ZMTP 2.0 begins with. */
    static byte[] oldGreeting() {
        byte[] greeting = new byte[12];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 1;
        greeting[11] = 5;
        return greeting;
    }

    /** Of short frames. */
    static byte[] message(String... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames.length; i++) {
            byte[] bytes = frames[i].getBytes(StandardCharsets.UTF_8);
            out.write(i < frames.length - 1 ? 1 : 0);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
