package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBuf;
import io.netty.util.Timeout;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One query from its acceptance by this frontend to its outcome. Whoever takes it out of its router's table ends it: the
 * result, the loss of the link, the timer or the caller's cancel. What comes for the subscriber goes through the drain loop, as
 * far as it asked for it.
 */
final class Call extends DrainLoop implements Subscription {

    /** Results of one stream that may wait for a slow caller. */
    private static final int MOST_WAITING = 1024;

    private final GatewayCore core;
    private final QueryCall query;
    private final ActorDescriptor actor;
    private final CoreSubscriber<? super Answer> subscriber;
    private final ByteBuf data;
    private final int metaLength;
    private final long weight;
    private final long acceptedNanos;
    private final long budgetNanos;
    private final AtomicLong requested = new AtomicLong();
    private final Queue<ResultFrame> waiting = new ConcurrentLinkedQueue<>();
    private @Nullable Timeout timer;
    private volatile @Nullable RouterLink router;
    private volatile long exchange;
    private volatile @Nullable QueryFrame frame;
    private volatile boolean streamed;
    private volatile boolean cancelled;
    private volatile boolean ended;
    private volatile @Nullable Failure failure;
    private boolean terminated;
    private int attempts;

    Call(
            GatewayCore core,
            QueryCall query,
            ActorDescriptor actor,
            CoreSubscriber<? super Answer> subscriber,
            long now) {
        super(Runnable::run);
        this.core = core;
        this.query = query;
        this.actor = actor;
        this.subscriber = subscriber;
        this.acceptedNanos = now;
        this.budgetNanos =
                query.budgetNanos() > 0 ? query.budgetNanos() : TimeUnit.MILLISECONDS.toNanos(actor.sloMillis());
        this.weight = weight(query);
        QueryBytes bytes = QueryBytes.of(query);
        this.data = bytes.data();
        this.metaLength = bytes.metaLength();
    }

    /** What a query counts for where bytes are limited. */
    static long weight(QueryCall query) {
        return query.body().readableBytes() + (long) Cargo.OVERHEAD_BYTES;
    }

    long weight() {
        return weight;
    }

    void start() {
        subscriber.onSubscribe(this);
        if (!cancelled) {
            timer = core.timers().newTimeout(ignored -> expired(), budgetNanos, TimeUnit.NANOSECONDS);
            send(null);
        }
    }

    private void send(@Nullable RouterLink except) {
        RouterLink to = core.routers().choose(query.actor(), except);
        long left = budgetNanos - (core.now() - acceptedNanos);
        if (to == null || ++attempts > core.mostAttempts()) {
            end(new Failure(
                    ErrorCode.UNAVAILABLE,
                    "No router is there to take the query at the moment; try again later.",
                    1000));
            return;
        }
        long number = to.nextExchange();
        QueryFrame next = new QueryFrame(
                number,
                left,
                query.priority(),
                query.actor(),
                query.method(),
                query.version() == null ? "" : query.version(),
                metaLength,
                data.retainedDuplicate());
        frame = next;
        exchange = number;
        router = to;
        to.add(number, this);
        to.link().send(next);
        // A link that broke, or a caller who left, before it could find this call in the table.
        if ((!to.link().isOpen() || cancelled) && to.take(number, this)) {
            if (cancelled) {
                to.link().cancel(number, next);
                end(Outcome.CANCELLED);
            } else {
                lost(to);
            }
        }
    }

    /** By its owner: the link to the router is gone. */
    void lost(RouterLink from) {
        QueryFrame sent = frame;
        boolean written = sent != null && sent.written();
        if (cancelled) {
            end(Outcome.CANCELLED);
        } else if (!written || (actor.idempotent() && !streamed)) {
            send(from);
        } else {
            end(new Failure(
                    ErrorCode.LOST,
                    "The router " + from + " was lost with this query, which may have run, and the actor '"
                            + query.actor() + "' is not marked idempotent; decide whether to send it again."));
        }
    }

    /** By its owner: the router ended the query without a result. */
    void failed(Failure why, RouterLink by) {
        if (why.code() == ErrorCode.NOT_FOUND && attempts < core.mostAttempts() && !streamed) {
            // It has just started, and does not know yet what others have published.
            RouterLink other = core.routers().choose(query.actor(), by);
            if (other != null) {
                send(by);
                return;
            }
        }
        end(why);
    }

    void item(ResultFrame result) {
        streamed = true;
        if (waiting.size() >= MOST_WAITING) {
            result.release();
            RouterLink with = router;
            QueryFrame sent = frame;
            if (with != null && sent != null && with.take(exchange, this)) {
                with.link().cancel(exchange, sent);
                end(new Failure(ErrorCode.OVERLOADED, "The caller takes the results more slowly than they come."));
            }
            return;
        }
        waiting.add(result);
        wake();
    }

    /** By its owner. */
    void last(ResultFrame result) {
        if (result.kind() == ResultFrame.Kind.END) {
            result.release();
        } else {
            waiting.add(result);
        }
        end(Outcome.ANSWERED);
    }

    private void expired() {
        RouterLink with = router;
        QueryFrame sent = frame;
        if (streamed || with == null || sent == null || !with.take(exchange, this)) {
            return;
        }
        boolean written = sent.written();
        with.link().cancel(exchange, sent);
        end(
                written
                        ? new Failure(
                                ErrorCode.EXPIRED,
                                "The SLO of " + sloMillis() + " ms passed before there was a result.")
                        : new Failure(
                                ErrorCode.OVERLOADED,
                                "The router could not even take the query within its SLO; send less, or add routers.",
                                1000));
    }

    private long sloMillis() {
        return TimeUnit.NANOSECONDS.toMillis(budgetNanos);
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.updateAndGet(before -> Operators.addCap(before, n));
            wake();
        }
    }

    /** The caller is gone: the query is cancelled in every tier. */
    @Override
    public void cancel() {
        cancelled = true;
        RouterLink with = router;
        QueryFrame sent = frame;
        if (with != null && sent != null && with.take(exchange, this)) {
            with.link().cancel(exchange, sent);
            end(Outcome.CANCELLED);
        }
        wake();
    }

    private void end(Failure why) {
        failure = why;
        end(why.code().outcome());
    }

    private void end(Outcome outcome) {
        if (timer != null) {
            timer.cancel();
        }
        data.release();
        core.ended(this, query, outcome, core.now() - acceptedNanos);
        ended = true;
        wake();
    }

    @Override
    protected void drain() {
        if (cancelled || terminated) {
            for (ResultFrame result = waiting.poll(); result != null; result = waiting.poll()) {
                result.release();
            }
            return;
        }
        boolean last = ended;
        while (requested.get() > 0) {
            ResultFrame result = waiting.poll();
            if (result == null) {
                break;
            }
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            Answer answer = new Answer(result.body().retain(), result.mediaType());
            result.release();
            subscriber.onNext(answer);
        }
        if (last && waiting.isEmpty() && !cancelled) {
            terminated = true;
            Failure why = failure;
            if (why == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(why.toException());
            }
        }
    }
}
