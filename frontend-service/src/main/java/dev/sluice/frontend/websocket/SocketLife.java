package dev.sluice.frontend.websocket;

import dev.sluice.frontend.drain.FrontendDrain;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * When and how a socket ends: its client closes it, is gone or is known no longer, it is idle, too much is asked of it, or the
 * frontend stops. Only the connection's event loop calls it.
 */
final class SocketLife {

    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;
    private static final int POLICY = 1008;
    private static final int TOO_LARGE = 1009;

    /** For the last frame to reach a client that reads. */
    private static final long LAST_FRAME_MILLIS = 2_000;

    /** The socket's queries. */
    interface Queries {

        /** Whether none is in flight. */
        boolean none();

        /** Whether the credentials that the socket was opened with are still good. */
        boolean mayAsk();

        /** When the connection last took something. */
        long lastSentNanos();

        void refuseMore();

        /** Ends streams that were quiet for so long; 0: all. */
        void stopStreams(long quietNanos);

        /** Cancels all; nothing is replied any more. */
        void abandon();
    }

    private final Channel channel;
    private final WebsocketOutbound out;
    private final WebSocketSettings settings;
    private final FrontendDrain drain;
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final List<Future<?>> timers = new ArrayList<>(4);
    private @Nullable Queries queries;
    private @Nullable Disposable drainHandle;
    private long lastReceivedNanos = System.nanoTime();
    private long lastAskedNanos = System.nanoTime();
    private boolean stopping;
    private boolean over;

    SocketLife(Channel channel, WebsocketOutbound out, WebSocketSettings settings, FrontendDrain drain) {
        this.channel = channel;
        this.out = out;
        this.settings = settings;
        this.drain = drain;
    }

    /** Completes when the socket has ended. */
    Mono<Void> begin(Queries ofSocket) {
        queries = ofSocket;
        every(settings.ping().toMillis(), this::look);
        channel.closeFuture().addListener(closed -> {
            gone();
            ended.tryEmitEmpty();
        });
        drainHandle = drain.onDrain(() -> execute(this::beginDrain));
        return ended.asMono();
    }

    private void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and its connections with it.
            over = true;
        }
    }

    /** Something came, a PONG for instance. */
    void received() {
        lastReceivedNanos = System.nanoTime();
    }

    /** A message came. */
    void asked() {
        lastAskedNanos = System.nanoTime();
    }

    private void look() {
        Queries mine = queries;
        if (over || mine == null) {
            return;
        }
        long now = System.nanoTime();
        long silent = Math.min(now - lastReceivedNanos, now - mine.lastSentNanos());
        if (silent > 2 * settings.ping().toNanos()) {
            end();
            channel.close();
        } else if (!mine.mayAsk()) {
            close(POLICY, "The credentials of this socket are good no longer; open another with new ones.");
        } else if (mine.none() && now - lastAskedNanos > settings.idleTimeout().toNanos()) {
            close(NORMAL, "Nothing was asked for so long (sluice.websocket.idle-timeout).");
        } else {
            channel.writeAndFlush(new PingWebSocketFrame());
        }
    }

    void tooLarge() {
        close(TOO_LARGE, "A message may have " + settings.maxMessage().toBytes() + " bytes.");
    }

    void tooMuchUnread() {
        close(POLICY, "More is unread than may be (sluice.websocket.max-unsent).");
    }

    /** The client closed it, or the connection is lost. */
    void gone() {
        if (!over) {
            end();
        }
    }

    private void close(int code, String reason) {
        if (!over) {
            end();
            out.sendClose(code, reason).subscribe();
            channel.eventLoop().schedule(() -> channel.close(), LAST_FRAME_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        over = true;
        timers.forEach(timer -> timer.cancel(false));
        if (drainHandle != null) {
            drainHandle.dispose();
        }
        if (queries != null) {
            queries.abandon();
        }
    }

    /** Everything is served for the grace; then what is in flight is answered, and the socket ends. */
    private void beginDrain() {
        if (over) {
            return;
        }
        long quiet = drain.settings().streamQuiet().toMillis();
        later(drain.settings().grace().toMillis(), this::stop);
        later(drain.settings().streamLimit().toMillis(), () -> stopStreams(0));
        every(Math.max(1, quiet / 4), () -> stopStreams(TimeUnit.MILLISECONDS.toNanos(quiet)));
    }

    private void stop() {
        stopping = true;
        if (queries != null) {
            queries.refuseMore();
        }
        queryEnded();
    }

    private void stopStreams(long quietNanos) {
        if (!over && queries != null) {
            queries.stopStreams(quietNanos);
        }
    }

    void queryEnded() {
        if (stopping && !over && queries != null && queries.none()) {
            // After the reply that has just been given.
            channel.eventLoop().execute(() -> close(GOING_AWAY, "This frontend is stopping."));
        }
    }

    private void later(long millis, Runnable task) {
        timers.add(channel.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS));
    }

    private void every(long millis, Runnable task) {
        timers.add(channel.eventLoop().scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS));
    }
}
