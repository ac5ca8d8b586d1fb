package dev.sluice.frontend.http;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;

/**
 * Answers as they come, as events or as pieces of one body. The response starts with the first answer, so that a query that fails
 * before it still gets its status; after that a failure is the last event, or breaks the body off. Everything here runs on the
 * connection's event loop.
 */
final class StreamReply implements CoreSubscriber<Answer>, Reply, LongConsumer {

    private static final Logger log = LoggerFactory.getLogger(StreamReply.class);

    private final StreamForm form;
    private final QueryLabel label;
    private final Outcome outcome;
    private final Responder responder;
    private final Channel channel;
    private final EventLoop loop;
    private final QueryEndpoint endpoint;
    private final EventSource events;
    private final List<Future<?>> timers = new ArrayList<>(2);
    private @Nullable Future<?> quietTimer;
    private @Nullable Disposable drainHandle;
    private @Nullable Subscription upstream;
    private boolean started;
    private boolean ended;
    private boolean draining;
    private boolean answered;
    private long lastAnswerNanos;

    StreamReply(
            StreamForm form,
            QueryLabel label,
            Outcome outcome,
            Responder responder,
            Channel channel,
            QueryEndpoint endpoint) {
        this.form = form;
        this.label = label;
        this.outcome = outcome;
        this.responder = responder;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.endpoint = endpoint;
        this.events = new EventSource(loop, this, this::cancel);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        drainHandle = endpoint.drain.onDrain(() -> loop.execute(this::beginDrain));
        subscription.request(1);
    }

    /** More answers are wanted. */
    @Override
    public void accept(long more) {
        if (upstream != null && !ended) {
            upstream.request(more);
        }
    }

    @Override
    public void onNext(Answer answer) {
        if (ended) {
            answer.body().release();
            return;
        }
        answered = true;
        lastAnswerNanos = System.nanoTime();
        events.answer(form.answer(answer));
        start();
        if (draining && quietTimer == null) {
            endOnceQuiet();
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (ended) {
            return;
        }
        if (!started) {
            end();
            outcome.failed(cause);
        } else {
            Failure failure = label.failure(cause);
            end();
            ByteBuf last = form.failed(failure, label.actor());
            if (last != null) {
                events.finish(last);
            } else {
                breakOff(failure);
            }
        }
    }

    /** No more comes, and the response is not to look as if it were whole. */
    private void breakOff(Failure failure) {
        // Whoever failed it said so: a line for each would let callers fill the log, and as an error the server would
        // write one.
        label.on(log.atDebug())
                .log("The answer of {} to query {} breaks off: {}", label.actor(), label.id(), failure.message());
        events.discard();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void onComplete() {
        if (!ended) {
            end();
            events.finish(form.end());
            start();
        }
    }

    private void start() {
        if (started) {
            return;
        }
        started = true;
        responder.stream(events, form.mediaType());
        if (!ended) {
            every(endpoint.settings.streamHeartbeat(), this::beat);
        }
    }

    private void beat() {
        ByteBuf heartbeat = form.heartbeat();
        if (heartbeat != null) {
            events.heartbeat(heartbeat);
        }
    }

    /** The frontend stops: what goes on may go on for a while, what is idle ends now. */
    private void beginDrain() {
        if (ended) {
            return;
        }
        draining = true;
        long limit = endpoint.drain.settings().streamLimit().toMillis();
        timers.add(loop.schedule(this::stop, limit, TimeUnit.MILLISECONDS));
        if (answered) {
            endOnceQuiet();
        }
    }

    /** A stream that has said nothing for so long is idle, the time before the stop included; one that never did is not. */
    private void endOnceQuiet() {
        long quietNanos = endpoint.drain.settings().streamQuiet().toNanos();
        long left = quietNanos - (System.nanoTime() - lastAnswerNanos);
        if (left <= 0) {
            stop();
        } else {
            quietTimer = loop.schedule(this::endOnceQuiet, left, TimeUnit.NANOSECONDS);
        }
    }

    private void stop() {
        if (ended) {
            return;
        }
        if (upstream != null) {
            upstream.cancel();
        }
        onError(FrontendDrain.STOPPING.toException());
    }

    private void every(Duration period, Runnable task) {
        timers.add(loop.scheduleAtFixedRate(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void cancel() {
        if (!ended) {
            end();
            if (upstream != null) {
                upstream.cancel();
            }
        }
        events.discard();
    }

    private void end() {
        ended = true;
        timers.forEach(timer -> timer.cancel(false));
        if (quietTimer != null) {
            quietTimer.cancel(false);
        }
        if (drainHandle != null) {
            drainHandle.dispose();
        }
    }
}
