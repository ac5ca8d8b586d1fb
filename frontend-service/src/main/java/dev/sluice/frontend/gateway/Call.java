package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.frontend.explain.EndedQuery;
import dev.sluice.frontend.explain.EndedQuery.Sent;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBuf;
import io.netty.util.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * One query from its acceptance by this frontend to its outcome. It is owned by one place at a time: by whoever sends it, then
 * by its router's table; whoever takes it out of there (the result, the loss of the link, the timer, the caller's cancel) owns
 * it next, and sends it again or ends it. So it ends exactly once without a lock.
 */
final class Call {

    private static final int RETRY_MILLIS = 1000;

    private static final Failure GONE = new Failure(ErrorCode.CANCELLED, "The caller went away.");

    private final GatewayCore core;
    private final QueryCall query;
    private final ActorDescriptor actor;
    private final Answers answers;
    private final ByteBuf data;
    private final int metaLength;
    private final long weight;
    private final long acceptedNanos;
    private final long budgetNanos;
    private final boolean tellsTaken;
    private final TraceContext trace;

    /** Null where it is not recorded. */
    private final @Nullable OpenSpan span;

    private @Nullable Timeout timer;
    private volatile @Nullable Attempt attempt;
    private volatile boolean expired;
    private volatile boolean streamed;
    private long firstItemNanos;
    private boolean everWritten;
    private int attempts;

    /** Of the router that has it, as it came: the outcome follows. */
    private volatile Frame.@Nullable Report report;

    private List<RouterLink> givenUpOn = List.of();

    Call(GatewayCore core, QueryCall query, ActorDescriptor actor, CoreSubscriber<? super Answer> subscriber) {
        this.core = core;
        this.query = query;
        this.actor = actor;
        this.tellsTaken = actor.method(query.method())
                .filter(MethodDescriptor::streamsOneBody)
                .isPresent();
        this.answers = new Answers(subscriber, this::callerLeft, tellsTaken ? this::taken : () -> {});
        this.acceptedNanos = core.clock().now() - query.waitedNanos();
        this.budgetNanos =
                query.budgetNanos() > 0 ? query.budgetNanos() : TimeUnit.MILLISECONDS.toNanos(actor.sloMillis());
        this.weight = weight(query);
        this.span = core.spans().accept(query.actor() + "/" + query.method(), query.trace());
        this.trace = span == null ? query.trace() : span.context();
        QueryBytes bytes = QueryBytes.of(query, trace, tellsTaken);
        this.data = bytes.data();
        this.metaLength = bytes.metaLength();
    }

    /** What a query counts for where bytes are limited: as much as its body did, where that is kept as it came. */
    static long weight(QueryCall query) {
        long own = query.body().readableBytes() + (long) Cargo.OVERHEAD_BYTES;
        return QueryBytes.keepsBody(query) ? Math.max(own, query.charge()) : own;
    }

    void start() {
        answers.begin();
        timer = core.clock().after(Math.max(0, budgetNanos - sinceAccepted()), this::expire);
        send();
    }

    /** By its owner. */
    private void send() {
        long left = budgetNanos - sinceAccepted();
        if (answers.cancelled()) {
            cancelled();
            return;
        }
        if (left <= 0) {
            fail(sloPassed());
            return;
        }
        RouterLink to = attempts < GatewayCore.MOST_ATTEMPTS ? next() : null;
        if (to == null) {
            fail(new Failure(
                    ErrorCode.UNAVAILABLE,
                    "No router is there to take the query at the moment; try again later.",
                    RETRY_MILLIS));
            return;
        }
        attempts++;
        Attempt next = new Attempt(to, frame(to.nextExchange(), left), budgetNanos - left);
        report = null;
        attempt = next;
        to.add(next.frame().exchange(), this);
        to.link().send(next.frame());
        // What came before this call could be found in the table.
        if (answers.cancelled() || expired || !to.link().isOpen()) {
            overtaken(next);
        }
    }

    private void overtaken(Attempt by) {
        if (!by.take(this)) {
            return;
        }
        if (answers.cancelled()) {
            by.takeBack();
            cancelled();
        } else if (expired) {
            expireIn(by);
        } else {
            lost(by.router());
        }
    }

    private QueryFrame frame(long exchange, long left) {
        return new QueryFrame(
                exchange,
                left,
                query.priority(),
                query.actor(),
                query.method(),
                query.version() == null ? "" : query.version(),
                metaLength,
                data.retainedDuplicate());
    }

    private @Nullable RouterLink next() {
        return core.routers().choose(query.actor(), givenUpOn);
    }

    private void giveUpOn(RouterLink router) {
        List<RouterLink> more = new ArrayList<>(givenUpOn);
        more.add(router);
        givenUpOn = more;
    }

    /** By its owner: the link to the router is gone. */
    void lost(RouterLink from) {
        Attempt last = attempt;
        boolean written = last != null && last.written();
        everWritten |= written;
        if (!written || (actor.idempotent() && !streamed)) {
            giveUpOn(from);
            retried(Retry.LOST_PEER);
            send();
        } else if (answers.cancelled()) {
            cancelled();
        } else {
            fail(new Failure(
                    ErrorCode.LOST,
                    "The router " + from + " was lost with this query, which may have run, and "
                            + (streamed
                                    ? "some of its results were sent"
                                    : "the actor '" + query.actor() + "' is not marked idempotent")
                            + "; decide whether to send it again."));
        }
    }

    /** By its owner: the router ended the query without a result. */
    void failed(Failure why, RouterLink by) {
        boolean unknownThere = why.code() == ErrorCode.NOT_FOUND;
        boolean stoppingThere = why.code() == ErrorCode.UNAVAILABLE && by.isDraining();
        if (streamed || !(unknownThere || stoppingThere)) {
            fail(why);
            return;
        }
        // It did not start there. This frontend's catalogue has it: others know what a router does not that has just
        // started.
        giveUpOn(by);
        if (attempts < GatewayCore.MOST_ATTEMPTS && next() != null && mayRetry(stoppingThere)) {
            send();
        } else if (stoppingThere || by.knowsItsHosts()) {
            fail(why);
        } else {
            fail(new Failure(
                    ErrorCode.UNAVAILABLE,
                    "The router " + by + " has just started and does not know the actor '" + query.actor()
                            + "' yet; try again in a moment.",
                    RETRY_MILLIS));
        }
    }

    /** Who leaves gives back what it does not take, as one that is lost does: that is not charged. */
    private boolean mayRetry(boolean leaves) {
        boolean may = leaves || core.routers().retries().spend();
        retried(leaves ? Retry.LOST_PEER : may ? Retry.CHARGED : Retry.REFUSED);
        return may;
    }

    private void retried(Retry how) {
        core.metrics().retried(actor, query.method(), query.protocol(), how);
    }

    /** One of several results; the call stays where it is. */
    void item(ResultFrame result) {
        if (!streamed) {
            firstItemNanos = sinceAccepted();
            streamed = true;
        }
        if (answers.item(result)) {
            return;
        }
        result.release();
        Attempt current = attempt;
        if (current != null && current.take(this)) {
            current.takeBack();
            answers.discard();
            fail(new Failure(ErrorCode.OVERLOADED, "The caller takes the results more slowly than they come."));
        }
    }

    /** The router is about to end it. */
    void reported(Frame.Report how) {
        report = how;
    }

    /** One item has gone to the caller: the actor may make another. */
    private void taken() {
        Attempt current = attempt;
        if (current != null) {
            current.router().link().send(new Frame.Taken(current.frame().exchange(), 1));
        }
    }

    /** By its owner: the only result, or the end of several. */
    void last(ResultFrame result) {
        if (result.kind() == ResultFrame.Kind.END) {
            result.release();
        } else {
            answers.last(result);
        }
        end(null);
    }

    /** The timer. A stream keeps its SLO with its first result. */
    private void expire() {
        expired = true;
        Attempt current = attempt;
        if (!streamed && current != null && current.take(this)) {
            expireIn(current);
        }
    }

    private void expireIn(Attempt current) {
        everWritten |= current.written();
        current.takeBack();
        fail(sloPassed());
    }

    private Failure sloPassed() {
        if (query.waitedNanos() >= budgetNanos) {
            return new Failure(
                    ErrorCode.EXPIRED,
                    "The SLO of " + TimeUnit.NANOSECONDS.toMillis(budgetNanos)
                            + " ms passed while it was found out who sends the query.");
        }
        return everWritten
                ? new Failure(
                        ErrorCode.EXPIRED,
                        "The SLO of " + TimeUnit.NANOSECONDS.toMillis(budgetNanos)
                                + " ms passed before there was a result.")
                : new Failure(
                        ErrorCode.OVERLOADED,
                        "The router could not even take the query within its SLO; send less, or add routers.",
                        RETRY_MILLIS);
    }

    /** The query is cancelled in every tier. */
    private void callerLeft() {
        Attempt current = attempt;
        if (current != null && current.take(this)) {
            current.takeBack();
            cancelled();
        }
    }

    private void fail(Failure why) {
        end(why);
    }

    /** Nobody is there to hear why. */
    private void cancelled() {
        end(GONE);
    }

    private void end(@Nullable Failure why) {
        if (timer != null) {
            timer.cancel();
        }
        data.release();
        Ending ending = ending(why);
        core.ended(actor, query, ending);
        core.log()
                .ended(EndedQuery.of(
                        query,
                        trace.traceId(),
                        ending.outcome(),
                        why,
                        ending.nanos(),
                        budgetNanos,
                        acceptedNanos + ending.nanos(),
                        sent()));
        record(ending);
        core.retained().give(weight);
        answers.end(why);
    }

    private void record(Ending ending) {
        if (span != null) {
            span.with("sluice.tier", "frontend")
                    .with("sluice.query.id", query.id())
                    .with("sluice.actor", query.actor())
                    .with("sluice.method", query.method())
                    .with("sluice.protocol", query.protocol().tag())
                    .with("sluice.attempts", attempts)
                    .end(ending.code());
        }
    }

    private @Nullable Sent sent() {
        Attempt last = attempt;
        Frame.Report how = report;
        if (last == null) {
            return null;
        }
        // One of an attempt that was given up says nothing of the last.
        byte[] told = how != null && how.exchange() == last.frame().exchange() ? how.report() : null;
        return new Sent(last.router().nodeId(), attempts, last.afterNanos(), told);
    }

    private Ending ending(@Nullable Failure why) {
        long nanos = sinceAccepted();
        if (why != null) {
            return new Ending(why.code(), nanos, false);
        }
        return new Ending(null, nanos, (streamed ? firstItemNanos : nanos) <= budgetNanos);
    }

    private long sinceAccepted() {
        return core.clock().now() - acceptedNanos;
    }
}
