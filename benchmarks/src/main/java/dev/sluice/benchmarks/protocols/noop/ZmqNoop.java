package dev.sluice.benchmarks.protocols.noop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A DEALER with frames of their own for header and payload. */
final class ZmqNoop implements NoopClient {

    private static final String ID = "\"id\": \"";
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int HANDSHAKE_MILLIS = 500;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket socket = context.createSocket(SocketType.DEALER);

    ZmqNoop(int port) {
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.connect("tcp://127.0.0.1:" + port);
    }

    @Override
    public String protocol() {
        return "ZeroMQ";
    }

    @Override
    public Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException, InterruptedException {
        Laps laps = new Laps(inFlight, leadIn, measured);
        long[] sentAt = new long[inFlight];
        for (int i = 0; i < inFlight; i++) {
            ask(i, sentAt);
        }
        for (int left = inFlight; left > 0; ) {
            int slot = answer();
            if (laps.answered(sentAt[slot])) {
                ask(slot, sentAt);
            } else {
                left--;
            }
        }
        return laps.result();
    }

    private void ask(int slot, long[] sentAt) {
        sentAt[slot] = System.nanoTime();
        socket.sendMore(ACTOR);
        socket.sendMore("{\"id\": \"" + slot + "\"}");
        socket.send("null");
    }

    private int answer() throws IOException {
        byte[] header = socket.recv();
        byte[] result = header == null ? null : socket.recv();
        if (header == null || result == null || !"null".equals(new String(result, StandardCharsets.UTF_8))) {
            throw new IOException("an answer by ZeroMQ is missing, or has no null in it: "
                    + (header == null ? "" : new String(header, StandardCharsets.UTF_8)));
        }
        String text = new String(header, StandardCharsets.UTF_8);
        int from = text.indexOf(ID) + ID.length();
        return Integer.parseInt(text, from, text.indexOf('"', from), 10);
    }

    @Override
    public void close() {
        context.close();
    }
}
