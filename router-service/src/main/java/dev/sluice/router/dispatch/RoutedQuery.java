package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.report.QueryReport.Step;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.scheduling.Queued;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query from its arrival to its outcome. Owned by one place at a time: the actor's shard while it waits, the table of the
 * host's link while it is in a batch. Who takes it out of that table owns it next, so it ends exactly once without a lock.
 */
final class RoutedQuery extends Queued {

    /** Deadlines compare by difference, so none may be further away than half of what a difference can hold. */
    private static final long LONGEST_BUDGET_NANOS = Long.MAX_VALUE / 4;

    /** At most one part in so many of a budget is set aside for the way. */
    private static final int MOST_OF_BUDGET = 4;

    /** Of a waiting query with its frame, its buffer and its places in tables, a little more than was measured. */
    private static final long HEAP_BYTES = 384;

    private final QueryFrame frame;
    private final String tenant;
    private final Origin origin;

    /** Another version's, once its own has no replica any more. Written on the shard. */
    private volatile Destination destination;

    private volatile Runnable onCancel = () -> {};
    private boolean cancelled;
    private boolean partlyAnswered;
    private int starts;
    private @Nullable RunningBatch batch;
    private @Nullable BatchItem item;

    /** What the host said last of it, and of which batch. Written before the outcome, by who brings that. */
    private @Nullable RunningBatch ranIn;

    private @Nullable Ran ran;

    /** Null where it is not recorded. Written before others have the query. */
    private @Nullable OpenSpan span;

    private boolean endsSpan;

    /** Of a pipeline's query. Written before the outcome. */
    private List<Step> steps = List.of();

    private int stepsLeftOut;

    /** In the batch that it was last put in. */
    private int place;

    /** Written on the shard; read where results come in, after the query was taken out of a host's table. */
    private volatile @Nullable HedgedQuery hedge;

    RoutedQuery(QueryFrame frame, Origin origin, Destination destination, long arrivedNanos) {
        super(
                frame.method(),
                arrivedNanos
                        + Math.min(frame.budgetNanos(), LONGEST_BUDGET_NANOS)
                        - wayNanos(origin, frame.budgetNanos()),
                arrivedNanos,
                frame.priority(),
                (int) Math.min(charge(frame), Integer.MAX_VALUE));
        this.frame = frame;
        this.tenant = Meta.tenant(frame.data(), frame.metaLength());
        this.origin = origin;
        this.destination = destination;
    }

    /**
     * What the way here took of the budget, and the way back will take. A ping that happened upon a pause of the peer is not
     * to cost all its queries their time, so only a part of it goes for that.
     */
    private static long wayNanos(Origin origin, long budgetNanos) {
        return Math.min(origin.roundTripNanos(), budgetNanos / MOST_OF_BUDGET);
    }

    /** What a query counts for where bytes are limited: its payload, or its place on the heap where that is more. */
    static long charge(QueryFrame frame) {
        return Math.max(frame.weight(), HEAP_BYTES);
    }

    Destination destination() {
        return destination;
    }

    /** Of a query that replicas answer; all that are in batches are. */
    ActorDispatcher dispatcher() {
        if (destination instanceof ActorDispatcher dispatcher) {
            return dispatcher;
        }
        throw new IllegalStateException(
                "no replica answers queries of " + destination.descriptor().name());
    }

    /** Of a query that is answered here: what is to be done when its caller is gone. */
    void onCancel(Runnable cancel) {
        onCancel = cancel;
    }

    Runnable onCancel() {
        return onCancel;
    }

    void movesTo(ActorDispatcher next) {
        destination = next;
    }

    QueryFrame frame() {
        return frame;
    }

    Origin origin() {
        return origin;
    }

    @Override
    public String tenant() {
        return tenant;
    }

    /** The caller is gone; to be ended by whoever owns the query next. Shard only. */
    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** A result of several was passed on: the query cannot be run again. */
    void answeredInPart() {
        partlyAnswered = true;
    }

    boolean wasAnsweredInPart() {
        return partlyAnswered;
    }

    /** Whether another run could give the caller the same results. */
    boolean repeatable(boolean idempotent, int mostStarts) {
        return idempotent && !partlyAnswered && starts < mostStarts;
    }

    /** Whether it has not been in any batch that may have started. */
    boolean isFirstStart() {
        return starts == 0;
    }

    /**
     * The query as part of a batch on a host's link.
     *
     * @param at its place among the queries of the batch
     */
    BatchItem dispatchedIn(RunningBatch running, int at, long exchange, long now) {
        BatchItem next = new BatchItem(
                exchange,
                deadlineNanos() - now,
                frame.metaLength(),
                frame.data().retain());
        batch = running;
        place = at;
        item = next;
        hedge = null;
        ranIn = null;
        starts++;
        return next;
    }

    /** The query as part of another batch, on another replica, beside the one that it is in. */
    BatchItem hedgedIn(RunningBatch copy, long exchange, long now) {
        BatchItem other = new BatchItem(
                exchange,
                deadlineNanos() - now,
                frame.metaLength(),
                frame.data().retain());
        HedgedQuery both = hedge;
        if (both != null) {
            both.sentTo(copy, other);
        }
        return other;
    }

    void hedge(HedgedQuery both) {
        hedge = both;
    }

    /** No batch holds it any more. */
    void unhedged() {
        hedge = null;
    }

    /** Null where one batch at most holds it. */
    @Nullable HedgedQuery hedge() {
        return hedge;
    }

    /** The batch that it was last put in; null where it did not start there. */
    @Nullable RunningBatch batch() {
        return batch;
    }

    @Nullable BatchItem item() {
        return item;
    }

    /** Whether the host may have seen the batch that this query was last put in. */
    boolean mayHaveStarted() {
        BatchItem last = item;
        return last != null && last.written();
    }

    /** It is sure that the host did not start it. */
    void didNotStart() {
        starts--;
        batch = null;
        item = null;
    }

    /**
     * Before others have it: it is recorded.
     *
     * @param ends whether the span ends with the query; else with whoever asks
     */
    void recordedAs(@Nullable OpenSpan own, boolean ends) {
        span = own;
        endsSpan = ends;
    }

    /** Null where it is not recorded. */
    @Nullable OpenSpan span() {
        return span;
    }

    /** It has its outcome. */
    void recorded(@Nullable ErrorCode code) {
        if (span != null && endsSpan) {
            span.end(code);
        }
    }

    /** Its host says what it took there, in this batch. */
    void ran(@Nullable RunningBatch in, Ran how) {
        ranIn = in;
        ran = how;
    }

    /** The one of two batches that counts. */
    void answeredIn(RunningBatch first) {
        if (first != batch) {
            place = first.queries().indexOf(this);
        }
        batch = first;
        ran = first == ranIn ? ran : null;
        ranIn = ran == null ? null : first;
    }

    /** What it was made of, and how much more than can be told. */
    void madeOf(List<Step> parts, int more) {
        steps = parts;
        stepsLeftOut = more;
    }

    /** Where its time went, for who asked it; only for who owns the query, as it ends it. */
    QueryReport report(long now) {
        RunningBatch last = ranIn == null ? batch : ranIn;
        long total = now - arrivedNanos();
        boolean composed = destination instanceof ComposedActor;
        return new QueryReport(
                destination.descriptor().version(),
                total,
                last != null ? last.sentNanos() - arrivedNanos() : composed ? 0 : total,
                starts,
                last == null
                        ? null
                        : new Batched(
                                last.queries().size(),
                                Math.max(
                                        0,
                                        last == batch ? place : last.queries().indexOf(this)),
                                last.replica().id(),
                                last.replica().host().nodeId(),
                                now - last.sentNanos(),
                                last == ranIn ? ran : null),
                steps,
                stepsLeftOut);
    }

    /** Queued for longer than a moment: copies a small payload out of the receive buffer that it pins. */
    void settleIn() {
        frame.unpin(PooledByteBufAllocator.DEFAULT);
    }
}
