package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.zmq.RouterSocket.Entrance;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.core.scheduler.Schedulers;

/**
 * Serves ZeroMQ while the frontend runs. A stop goes on as the drain does: for its grace everything is answered; then what is
 * in flight is answered, and what comes is refused.
 */
public final class ZmqServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ZmqServer.class);

    /** For replies that are on their way to clients that read. */
    private static final int LINGER_MILLIS = 5_000;

    private static final long MOST_WAIT_MILLIS = 10_000;

    /** Tasks of queries, each of which stands in the queue once, and a few beside them. */
    private static final int MOST_TASKS = 2 * ClientQueries.MOST_IN_FLIGHT;

    private final Served served;
    private final ZmqSettings settings;
    private final InetAddress address;
    private final Supplier<FrontendDrain> drain;
    private volatile @Nullable Session session;

    /**
     * @param address where it listens
     * @param drain is asked for when it starts: what Spring knows to depend on the drain it stops before that
     */
    public ZmqServer(Served served, ZmqSettings settings, InetAddress address, Supplier<FrontendDrain> drain) {
        this.served = served;
        this.settings = settings;
        this.address = address;
        this.drain = drain;
    }

    /** @throws dev.sluice.common.config.SettingRefused where it cannot listen there */
    @Override
    public void start() {
        Session started = new Session();
        session = started;
        started.thread.start();
        drain.get().onDrain(() -> started.submit(started::beginDrain));
        log.info("ZeroMQ is served at {}", started.socket.endpoint());
    }

    /** Where it listens, for instance {@code tcp://127.0.0.1:5555}; null while it does not run. */
    public @Nullable String endpoint() {
        Session running = session;
        return running == null ? null : running.socket.endpoint();
    }

    @Override
    public void stop(Runnable callback) {
        Session running = session;
        if (running == null || !running.submit(() -> running.beginStop(callback))) {
            callback.run();
        }
    }

    /** At once: what is in flight is cancelled. */
    @Override
    public void stop() {
        Session running = session;
        if (running != null) {
            running.thread.end();
            running.thread.join(MOST_WAIT_MILLIS);
        }
    }

    @Override
    public boolean isRunning() {
        return session != null;
    }

    /** With the web server's graceful stop. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    /** From one start to one stop. */
    private final class Session implements SocketThread.Work {

        private final RouterSocket socket;
        private final SocketThread thread;
        private final Clients clients;
        private final ClientQueries queries;
        private final ClientMessages messages;
        private @Nullable Runnable onEnd;

        Session() {
            RetainedBytes unsent = new RetainedBytes(settings.maxUnsent().toBytes());
            long maxFrame = settings.maxMessage().toBytes();
            RetainedBytes held = new RetainedBytes(settings.maxHeld().toBytes());
            ArrivingFrames arriving = new ArrivingFrames(held, ClientMessage.MOST_FRAMES, maxFrame);
            socket = new RouterSocket(settings, entrance(), maxFrame, arriving);
            thread = new SocketThread(socket, MOST_TASKS, this);
            clients = new Clients(
                    socket, unsent, settings.maxUnsent().toBytes() / 2, settings.maxInFlight(), served.metrics());
            queries = new ClientQueries(served.gateway(), thread, settings, unsent, address.isLoopbackAddress());
            messages = new ClientMessages(served, held, queries, thread);
        }

        /**
         * Where nobody is asked who they are, a client that comes back is heard at once. Elsewhere a name, which proves nothing, would
         * be enough to get the replies of another client and to end its queries.
         */
        private Entrance entrance() {
            return new Entrance(address, served.callers() == Callers.OPEN);
        }

        /** False where the thread has ended. */
        boolean submit(Runnable task) {
            try {
                thread.execute(task);
                return true;
            } catch (RejectedExecutionException e) {
                return false;
            }
        }

        @Override
        public boolean receive() {
            ClientMessage message = socket.receive();
            if (message == null) {
                return false;
            }
            if (socket.saysGone(message)) {
                clients.leave(message.identity());
            } else {
                messages.received(clients.of(message), message);
            }
            return true;
        }

        /** Streams may go on for a while, and those that are quiet end. */
        private void beginDrain() {
            later(drain.get().settings().streamLimit().toMillis(), () -> clients.forEachStream(StreamedQuery::stop));
            endQuietStreams();
        }

        private void endQuietStreams() {
            long quiet = drain.get().settings().streamQuiet().toNanos();
            clients.forEachStream(stream -> stream.stopIfQuiet(quiet));
            later(TimeUnit.NANOSECONDS.toMillis(quiet / 4) + 1, this::endQuietStreams);
        }

        private void later(long millis, Runnable task) {
            Schedulers.parallel().schedule(() -> submit(task), millis, TimeUnit.MILLISECONDS);
        }

        private void beginStop(Runnable callback) {
            // It listens to the end: ZeroMQ closes the port together with all connections that were made through it.
            onEnd = callback;
            queries.stop(thread::end);
        }

        @Override
        public void ended() {
            clients.leaveAll();
            socket.close(LINGER_MILLIS);
            session = null;
            log.info("ZeroMQ has stopped");
            if (onEnd != null) {
                onEnd.run();
            }
        }
    }
}
