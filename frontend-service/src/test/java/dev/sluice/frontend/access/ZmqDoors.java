package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/** The ways in over ZeroMQ: a message of three frames, one of one, and one whose results come one by one. */
public final class ZmqDoors {

    private static final int PATIENCE_MILLIS = 60_000;

    private final String endpoint;

    public ZmqDoors(String endpoint) {
        this.endpoint = endpoint;
    }

    public List<Door> all() {
        return List.of(
                new Door(
                        "ZeroMQ, three frames",
                        (shown, actor) -> ask("", actor, "{" + members(shown) + "\"id\": \"1\"}", "1")),
                new Door(
                        "ZeroMQ, streamed",
                        (shown, actor) -> ask(actor, "{" + members(shown) + "\"stream\": true, \"id\": \"1\"}", "1")),
                new Door(
                        "ZeroMQ, one frame",
                        (shown, actor) ->
                                ask("", "{" + members(shown) + "\"actor\": \"" + actor + "\", \"input\": 1}")));
    }

    private static String members(Door.Shown shown) {
        return "\"traceparent\": \"" + Door.TRACEPARENT + "\", "
                + (shown.secret() == null ? "" : "\"key\": \"" + shown.secret() + "\", ")
                + (shown.tenant() == null ? "" : "\"tenant\": \"" + shown.tenant() + "\", ");
    }

    private Door.Heard ask(String... frames) {
        try (ZContext context = new ZContext(1)) {
            ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
            socket.setLinger(0);
            socket.setHandshakeIvl(500);
            socket.setReceiveTimeOut(PATIENCE_MILLIS);
            socket.connect(endpoint);
            ZMsg message = new ZMsg();
            for (String frame : frames) {
                message.add(frame);
            }
            assertThat(message.send(socket)).isTrue();
            ZMsg reply = ZMsg.recvMsg(socket);
            assertThat(reply).as("a reply").isNotNull();
            String text = String.join(
                    "\n",
                    reply.stream().map(frame -> frame.getString(ZMQ.CHARSET)).toList());
            return Door.byText(text, "\"success\": true");
        }
    }
}
