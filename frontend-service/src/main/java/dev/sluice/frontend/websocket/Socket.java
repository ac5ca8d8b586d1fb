package dev.sluice.frontend.websocket;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.message.Message.Span;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.Target;
import dev.sluice.frontend.websocket.MessageFrames.NoRoom;
import dev.sluice.frontend.websocket.MessageFrames.Outcome;
import dev.sluice.frontend.websocket.MessageFrames.TooLarge;
import dev.sluice.frontend.websocket.MessageFrames.Whole;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The messages of one socket, and its queries in flight. Only the connection's event loop calls it. */
final class Socket extends BaseSubscriber<WebSocketFrame> implements SocketLife.Queries {

    /** A larger message is read elsewhere, so that it does not hold up the other connections of its event loop. */
    private static final int OFFLOAD_BYTES = 256 * 1024;

    private final WebSocketRoute route;
    private final StreamPath path;
    private final Caller caller;
    private final Channel channel;
    private final SocketLife life;
    private final SocketReplies replies;
    private final MessageFrames frames;
    private final Map<String, SocketQuery> inFlight = new HashMap<>();
    private boolean refusing;

    Socket(WebSocketRoute route, StreamPath path, Caller caller, Channel channel, SocketLife life) {
        this.route = route;
        this.path = path;
        this.caller = caller;
        this.channel = channel;
        this.life = life;
        this.replies = new SocketReplies(channel, route.settings.maxUnsent().toBytes(), life::tooMuchUnread);
        this.frames = new MessageFrames(
                route.gateway::retained, route.settings.maxMessage().toBytes());
    }

    @Override
    protected void hookOnNext(WebSocketFrame frame) {
        life.received();
        if (frame instanceof PingWebSocketFrame) {
            // Counted as a reply is: who asks for these and reads nothing is not served on.
            replies.send(new PongWebSocketFrame(frame.content().retain()));
            return;
        }
        Outcome outcome = frames.next(frame);
        if (outcome instanceof Whole message) {
            life.asked();
            received(message);
        } else if (outcome instanceof TooLarge) {
            route.metrics.refused(Protocol.WEBSOCKET, ErrorCode.TOO_LARGE);
            life.tooLarge();
        } else if (outcome instanceof NoRoom refused) {
            refuse(form(refused.text(), null), Gateway.FULL);
        }
    }

    @Override
    protected void hookOnComplete() {
        life.gone();
    }

    @Override
    protected void hookOnError(Throwable cause) {
        life.gone();
    }

    private static SocketForm form(boolean text, @Nullable String id) {
        return text ? new TextForm(id) : new BinaryForm(id);
    }

    private void received(Whole message) {
        if (message.bytes().readableBytes() <= OFFLOAD_BYTES) {
            attempt(message, null, () -> asked(message, read(message)));
        } else {
            Schedulers.parallel().schedule(() -> readElsewhere(message));
        }
    }

    private static SocketMessage read(Whole message) {
        return message.text() ? SocketMessage.text(message.bytes()) : SocketMessage.binary(message.bytes());
    }

    private void readElsewhere(Whole message) {
        Runnable next;
        try {
            SocketMessage read = read(message);
            next = () -> attempt(message, null, () -> asked(message, read));
        } catch (RuntimeException e) {
            next = () -> attempt(message, null, () -> {
                throw e;
            });
        } catch (Error e) { // a hostile message may cost a stack or memory, and its client is to hear of it
            next = () -> attempt(message, null, () -> {
                throw e;
            });
        }
        try {
            channel.eventLoop().execute(next);
        } catch (RejectedExecutionException e) {
            message.release();
        }
    }

    /** A refusal is a reply, and releases the message. */
    private void attempt(Whole message, @Nullable String id, Runnable asking) {
        Failure failure;
        try {
            asking.run();
            return;
        } catch (RuntimeException | Error e) {
            failure = new QueryLabel(path.actor(), id == null ? "" : id, "").failure(e);
        }
        message.release();
        refuse(form(message.text(), id), failure);
    }

    private void refuse(SocketForm form, Failure failure) {
        route.metrics.refused(Protocol.WEBSOCKET, failure.code());
        replies.send(form.failed(failure));
    }

    private void asked(Whole message, SocketMessage read) {
        attempt(message, read.id(), () -> {
            String id = read.requiredId();
            if (read.message().cancel()) {
                cancel(message, id);
            } else {
                begin(message, read, id);
            }
        });
    }

    private void cancel(Whole message, String id) {
        SocketQuery query = inFlight.get(id);
        if (query == null) {
            throw new QueryException(
                    ErrorCode.NOT_FOUND,
                    "This socket has no query with the id " + id + " in flight: it has ended, or never was.");
        }
        message.release();
        query.cancel();
    }

    private void begin(Whole message, SocketMessage read, String id) {
        Span input = read.requiredInput();
        admit(id, input);
        // Anew for each: another version may have come since the socket was opened.
        Target target = route.target(path, caller);
        SocketForm form = form(message.text(), id);
        QueryLabel label = new QueryLabel(
                target.actor().name(), id, read.message().options().trace().traceId());
        SocketQuery query = new SocketQuery(
                channel.eventLoop(), label, replies, form, target.method().streaming(), () -> ended(id));
        inFlight.put(id, query);
        try {
            call(message, read, target, id).subscribe(query);
        } catch (RuntimeException | Error e) {
            query.finish();
            throw label.failure(e).toException();
        }
    }

    private Flux<Answer> call(Whole message, SocketMessage read, Target target, String id) {
        Span input = read.requiredInput();
        return route.gateway.call(new QueryCall(
                target.actor().name(),
                target.method().name(),
                read.message().options().version(),
                message.bytes().slice(input.start(), input.length()),
                message.charge(),
                read.mediaType(),
                read.message().options().sloNanos(),
                read.message().options().priority(),
                caller,
                id,
                Protocol.WEBSOCKET,
                read.message().options().trace()));
    }

    private void admit(String id, Span input) {
        if (refusing) {
            throw FrontendDrain.STOPPING.toException();
        }
        if (inFlight.containsKey(id)) {
            throw SocketMessage.invalid("This socket has a query with the id " + id + " in flight; give each another.");
        }
        if (inFlight.size() >= route.settings.maxInFlight()) {
            throw new Failure(
                            ErrorCode.OVERLOADED,
                            "This socket has " + inFlight.size()
                                    + " queries in flight (sluice.websocket.max-in-flight); wait for replies.",
                            100)
                    .toException();
        }
        if (input.length() > route.gateway.maxPayloadBytes()) {
            throw new QueryException(
                    ErrorCode.TOO_LARGE,
                    "The input is larger than the " + route.gateway.maxPayloadBytes() + " bytes that are allowed.");
        }
    }

    private void ended(String id) {
        inFlight.remove(id);
        life.queryEnded();
    }

    @Override
    public boolean none() {
        return inFlight.isEmpty();
    }

    @Override
    public boolean mayAsk() {
        return caller.gone() == null;
    }

    @Override
    public long lastSentNanos() {
        return replies.lastSentNanos();
    }

    @Override
    public void refuseMore() {
        refusing = true;
    }

    @Override
    public void stopStreams(long quietNanos) {
        each(query -> {
            if (quietNanos <= 0 || query.isQuietFor(quietNanos)) {
                query.stop();
            }
        });
    }

    @Override
    public void abandon() {
        replies.close();
        refusing = true;
        frames.discard();
        each(SocketQuery::finish);
    }

    private void each(Consumer<SocketQuery> action) {
        List.copyOf(inFlight.values()).forEach(action);
    }
}
