package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of ZeroMQ. */
final class ZmqPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 180_000;

    /** JeroMQ as a client may lose sight of a connection while it makes it, and makes another one after so long. */
    private static final int HANDSHAKE_MILLIS = 500;

    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket;

    private ZmqPeer(SocketType type, int port) {
        socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.connect("tcp://127.0.0.1:" + port);
    }

    static ZmqPeer req(int port) {
        return new ZmqPeer(SocketType.REQ, port);
    }

    static ZmqPeer dealer(int port) {
        return new ZmqPeer(SocketType.DEALER, port);
    }

    ZmqPeer send(String... frames) {
        return send(Arrays.stream(frames)
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    ZmqPeer send(byte[]... frames) {
        ZMsg message = new ZMsg();
        for (byte[] frame : frames) {
            message.add(frame);
        }
        assertThat(message.send(socket)).isTrue();
        return this;
    }

    List<byte[]> receiveBytes() {
        ZMsg message = ZMsg.recvMsg(socket);
        assertThat(message).as("a reply").isNotNull();
        return message.stream().map(frame -> frame.getData()).toList();
    }

    List<String> receive() {
        return receiveBytes().stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
    }

    JsonNode receiveHeader() {
        return JsonMapper.shared().readTree(receive().get(0));
    }

    @Override
    public void close() {
        context.close();
    }
}
