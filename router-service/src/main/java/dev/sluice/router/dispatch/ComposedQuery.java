package dev.sluice.router.dispatch;

import dev.sluice.common.error.Failure;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A query that a {@link Composition} answers. Whoever ends it first does, and nobody else. Thread-safe. */
public final class ComposedQuery {

    private final RoutedQuery query;
    private final Outcomes outcomes;
    private final AtomicBoolean ended = new AtomicBoolean();

    ComposedQuery(RoutedQuery query, Outcomes outcomes) {
        this.query = query;
        this.outcomes = outcomes;
    }

    /** The input. Not retained for the caller, and gone once the query has ended. */
    public ByteBuf body() {
        return query.frame().body();
    }

    /** @throws dev.sluice.common.wire.FrameException where it is damaged */
    public Meta meta() {
        return query.frame().meta();
    }

    public int priority() {
        return query.frame().priority();
    }

    /** On the clock of {@link ActorCalls#now}. */
    public long deadlineNanos() {
        return query.deadlineNanos();
    }

    public long arrivedNanos() {
        return query.arrivedNanos();
    }

    /** Null where it is not recorded. */
    public @Nullable OpenSpan span() {
        return query.span();
    }

    /** Null where it is not a pipeline that asks. */
    @Nullable CallAllowance allowance() {
        return query.origin().allowance();
    }

    /**
     * What was asked of actors for it, before it is ended.
     *
     * @param more how much beside that is not told of
     */
    public void madeOf(List<QueryReport.Step> steps, int more) {
        query.madeOf(steps, more);
    }

    /** @param body becomes the query's own */
    public void answer(String mediaType, ByteBuf body) {
        if (body.readableBytes() > query.origin().mostResultBytes()) {
            Failure tooLarge =
                    Refusals.resultTooLarge(body.readableBytes(), query.origin().mostResultBytes());
            body.release();
            fail(tooLarge);
        } else if (ended.compareAndSet(false, true)) {
            outcomes.answered(query, new ResultFrame(query.frame().exchange(), ResultFrame.Kind.ONLY, mediaType, body));
        } else {
            body.release();
        }
    }

    public void fail(Failure failure) {
        if (ended.compareAndSet(false, true)) {
            outcomes.failed(query, failure);
        }
    }

    /** Its caller is gone and hears nothing. */
    public void cancelled() {
        if (ended.compareAndSet(false, true)) {
            outcomes.cancelled(query);
        }
    }
}
