package dev.sluice.frontend.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of ZeroMQ as others would write it. */
final class ZmqClient implements AutoCloseable {

    static final int PATIENCE_MILLIS = 60_000;

    /** JeroMQ as a client may lose sight of a connection while it makes it; it then makes another one, but first by default after 30 s. */
    private static final int HANDSHAKE_MILLIS = 500;

    private static final JsonMapper JSON = new JsonMapper();

    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket;

    private ZmqClient(SocketType type) {
        socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.setSendTimeOut(PATIENCE_MILLIS);
    }

    static ZmqClient dealer(String endpoint) {
        return of(SocketType.DEALER).connect(endpoint);
    }

    static ZmqClient req(String endpoint) {
        return of(SocketType.REQ).connect(endpoint);
    }

    /** For whoever sets something before it connects. */
    static ZmqClient of(SocketType type) {
        return new ZmqClient(type);
    }

    ZmqClient connect(String endpoint) {
        socket.connect(endpoint);
        return this;
    }

    ZMQ.Socket socket() {
        return socket;
    }

    ZmqClient send(String... frames) {
        byte[][] bytes = new byte[frames.length][];
        for (int i = 0; i < frames.length; i++) {
            bytes[i] = frames[i].getBytes(StandardCharsets.UTF_8);
        }
        return send(bytes);
    }

    ZmqClient send(byte[]... frames) {
        ZMsg message = new ZMsg();
        for (byte[] frame : frames) {
            message.add(frame);
        }
        assertThat(message.send(socket)).as("sent").isTrue();
        return this;
    }

    List<byte[]> receiveBytes() {
        ZMsg message = ZMsg.recvMsg(socket);
        assertThat(message).as("a reply within %d ms", PATIENCE_MILLIS).isNotNull();
        List<byte[]> frames = new ArrayList<>();
        message.forEach(frame -> frames.add(frame.getData()));
        return frames;
    }

    List<String> receive() {
        return receiveBytes().stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
    }

    /** The reply's first frame after an empty one, if there is one. */
    JsonNode receiveJson() {
        List<String> frames = receive();
        return json(frames.get(0).isEmpty() ? frames.get(1) : frames.get(0));
    }

    /** Asks {@code echo} and gets the answer: what came before has been dealt with. */
    void assertServed() {
        send("", "echo", "{\"id\": \"served\"}", "1");
        List<String> reply = receive();
        assertThat(reply).last().isEqualTo("1");
        assertThat(reply.get(reply.size() - 2)).contains("\"id\": \"served\"");
    }

    /** Begins to tell of lost connections; {@link #awaitDisconnect} waits for one. */
    ZmqClient watched() {
        assertThat(socket.monitor("inproc://watch", ZMQ.EVENT_DISCONNECTED)).isTrue();
        return this;
    }

    void awaitDisconnect() {
        awaitEvent("a lost connection");
    }

    /** Begins to tell of connections that are made; {@link #awaitHandshake} waits for one. */
    ZmqClient shakingHands() {
        assertThat(socket.monitor("inproc://watch", ZMQ.EVENT_HANDSHAKE_PROTOCOL))
                .isTrue();
        return this;
    }

    void awaitHandshake() {
        awaitEvent("a connection");
    }

    private void awaitEvent(String what) {
        ZMQ.Socket events = context.createSocket(SocketType.PAIR);
        events.setReceiveTimeOut(PATIENCE_MILLIS);
        events.connect("inproc://watch");
        assertThat(ZEvent.recv(events)).as(what).isNotNull();
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        context.close();
    }
}
