package dev.sluice.frontend.zmq;

import dev.sluice.common.config.SettingRefused;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;
import zmq.SocketBase;

/** The ROUTER socket. Not thread-safe: whoever made it may hand it over to another thread once. */
final class RouterSocket {

    private static final Logger log = LoggerFactory.getLogger(RouterSocket.class);

    private static final int BACKLOG = 1024;
    private static final int HANDSHAKE_MILLIS = 10_000;

    /** Messages of one client that wait to be read from the socket; then its connection is not read. */
    private static final int MOST_UNREAD = 100;

    /** As the protocol has it; the library lets through what is longer. */
    private static final int LONGEST_IDENTITY = 255;

    private static final long SAY_STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ZContext context;
    private final ZMQ.Socket socket;
    private final SocketBase base;
    private final String endpoint;

    /** What the socket says in a client's name when that is gone; nobody else can say it. */
    private final byte[] gone = new byte[16];

    /** A message broke off, so that what comes next may be the rest of another, of which nobody knows any more whose it is. */
    private boolean torn;

    /** Of the I/O thread. */
    private long saidStuckNanos = System.nanoTime() - SAY_STUCK_NANOS;

    /** How clients are let in. @param handover whether one that comes under the identity of another takes its place */
    record Entrance(InetAddress address, boolean handover) {}

    /**
     * Binds.
     *
     * @throws SettingRefused where that cannot be done
     */
    RouterSocket(ZmqSettings settings, Entrance entrance, long maxFrame, ArrivingFrames arriving) {
        InetAddress address = entrance.address();
        new SecureRandom().nextBytes(gone);
        context = new ZContext(1);
        context.setNotificationExceptionHandler((thread, e) -> stuck(e));
        context.setUncaughtExceptionHandler((thread, e) -> log.error("The thread {} of ZeroMQ ended", thread, e));
        socket = context.createSocket(SocketType.ROUTER);
        base = socket.base();
        configure(settings, maxFrame, arriving);
        socket.setRouterHandover(entrance.handover());
        String host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        socket.setIPv6(address instanceof Inet6Address);
        bind("tcp://" + host + ":" + (settings.port() == 0 ? "*" : settings.port()), settings.port());
        endpoint = socket.getLastEndpoint();
    }

    private void configure(ZmqSettings settings, long maxFrame, ArrivingFrames arriving) {
        socket.setRouterMandatory(true);
        socket.setBacklog(BACKLOG);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setTCPKeepAlive(1);
        socket.setHeartbeatIvl((int) settings.heartbeat().toMillis());
        socket.setHeartbeatTimeout((int) settings.heartbeatTimeout().toMillis());
        socket.setMaxMsgSize(maxFrame);
        socket.setRcvHWM(MOST_UNREAD);
        // Unread replies are counted here, and exactly: see UnsentReplies.
        socket.setSndHWM(0);
        base.setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, gone);
        if (!settings.curveSecretKey().isEmpty()) {
            socket.setCurveServer(true);
            socket.setCurveSecretKey(CurveKey.bytes(settings.curveSecretKey()));
        }
        socket.setMsgAllocator(arriving);
        // Nobody is asked there. But with it only ZMTP 3 is let in, and frames of older clients would belong to nobody.
        socket.setZapDomain("sluice");
    }

    private void bind(String address, int port) {
        String why = "";
        try {
            if (socket.bind(address)) {
                return;
            }
        } catch (ZMQException e) {
            why = " (" + e.getMessage() + ")";
        }
        close(0);
        throw new SettingRefused(
                "The ZeroMQ port " + port + " cannot be listened on at " + address + why + ".",
                "Stop what listens there, set sluice.frontend.zmq.port to another port, or set"
                        + " sluice.frontend.zmq.enabled to false to do without ZeroMQ.");
    }

    /** A connection of which nothing more can be read; the pause keeps the I/O thread from trying again at once. */
    private void stuck(Throwable e) {
        long now = System.nanoTime();
        if (now - saidStuckNanos >= SAY_STUCK_NANOS) {
            saidStuckNanos = now;
            log.warn("A ZeroMQ connection cannot be read on, and will be ended by its heartbeat", e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** For instance {@code tcp://127.0.0.1:5555}. */
    String endpoint() {
        return endpoint;
    }

    /** Readable when there may be something to receive. */
    SelectableChannel signal() {
        return socket.getFD();
    }

    /** The next message, or null. */
    @Nullable ClientMessage receive() {
        for (Msg first = base.recv(ZMQ.DONTWAIT); first != null; first = base.recv(ZMQ.DONTWAIT)) {
            if (torn) {
                ArrivingFrames.giveBack(first);
                torn = first.hasMore();
                continue;
            }
            ClientMessage message = after(first);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    /**
     * Null where the message broke off: another connection took its client's name over while it was read, and then what follows is of
     * somebody else.
     */
    private @Nullable ClientMessage after(Msg identity) {
        List<Msg> frames = new ArrayList<>(4);
        boolean whole = identity.size() <= LONGEST_IDENTITY;
        boolean more = identity.hasMore();
        while (more) {
            Msg frame = base.recv(ZMQ.DONTWAIT);
            if (frame == null || !frames.isEmpty() && !isFromSame(frames.get(0), frame)) {
                frames.forEach(ArrivingFrames::giveBack);
                if (frame != null) {
                    ArrivingFrames.giveBack(frame);
                }
                torn = frame == null || frame.hasMore();
                log.warn("A message over ZeroMQ broke off, since its client came back under the same identity");
                return null;
            }
            more = frame.hasMore();
            if (frames.size() < ClientMessage.MOST_FRAMES) {
                frames.add(frame);
            } else {
                ArrivingFrames.giveBack(frame);
                whole = false;
            }
        }
        return ClientMessage.of(identity.data(), frames, whole);
    }

    private static boolean isFromSame(Msg frame, Msg next) {
        return new Connection(frame.getMetadata()).equals(new Connection(next.getMetadata()));
    }

    /** Whether this message says that its client is gone. */
    boolean saysGone(ClientMessage message) {
        return message.body().size() == 1
                && message.returnPath().isEmpty()
                && Arrays.equals(message.body().get(0).data(), gone);
    }

    /** False where there is no such client any more. */
    boolean send(byte[] identity, List<Msg> frames) {
        if (!base.send(new Msg(identity), ZMQ.DONTWAIT | ZMQ.SNDMORE)) {
            return false;
        }
        for (int i = 0; i < frames.size(); i++) {
            base.send(frames.get(i), i < frames.size() - 1 ? ZMQ.DONTWAIT | ZMQ.SNDMORE : ZMQ.DONTWAIT);
        }
        return true;
    }

    /** @param lingerMillis how long what was sent may take to reach the clients */
    void close(int lingerMillis) {
        socket.setLinger(lingerMillis);
        context.setLinger(lingerMillis);
        context.close();
    }
}
