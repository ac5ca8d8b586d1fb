package dev.sluice.sdk.host;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Link;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Caller;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.host.HostMetrics.MethodMeters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * One batch on this host, from its acceptance until all its queries have an outcome and user code has returned. What becomes of
 * each query is in {@link BatchResults}.
 */
final class BatchJob {

    private static final Logger log = LoggerFactory.getLogger(BatchJob.class);

    private final BatchFrame frame;
    private final Link link;
    private final MethodMeters meters;
    private final Executor cancels;
    private final Consumer<Frame> onEnd;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<BatchItem> items;
    private final BatchResults results;
    private final AtomicInteger open;
    private final long acceptedNanos;
    private volatile boolean returned;
    private volatile boolean givenUp;
    private volatile boolean stuck;
    private volatile @Nullable Thread runner;
    private volatile @Nullable Disposable running;
    private volatile long startedNanos;

    private Spans spans = Spans.NONE;

    /** Who limits its inputs in place of the link's credit. */
    private volatile @Nullable LentBytes lent;

    /**
     * @param cancels runs user code that hears of a cancel, never on an event loop or the replica's thread
     * @param onEnd called once, on any thread, when every query has its outcome and user code has returned, with what the
     *     router is to hear of it: only once the replica is free, or its next batch could be refused
     */
    BatchJob(BatchFrame frame, Link link, MethodMeters meters, Executor cancels, Consumer<Frame> onEnd) {
        this.frame = frame;
        this.link = link;
        this.items = frame.items();
        this.meters = meters;
        this.onEnd = onEnd;
        this.acceptedNanos = System.nanoTime();
        this.cancels = cancels;
        this.results = new BatchResults(items, link, meters, this::closeOne, this::giveUpOn);
        // One more than the queries: user code has to return as well.
        this.open = new AtomicInteger(items.size() + 1);
        meters.queriesCame(items.size());
    }

    /** Before it is offered to a replica: what is recorded of its queries. */
    void records(Spans spansOfTraces) {
        spans = spansOfTraces;
    }

    Link link() {
        return link;
    }

    boolean staged() {
        return frame.staged();
    }

    BatchFrame frame() {
        return frame;
    }

    /** No replica takes the batch: nothing of it was begun here, and it is as if it had not come. */
    void turnAway() {
        meters.queriesWentBack(items.size());
        frame.release();
        link.send(new Frame.Busy(frame.batch()));
    }

    /**
     * Told to the router before user code sees the batch. It may travel with the results of a quick batch, or with the next
     * ping: a router that has not heard it takes for granted that a batch which was written may have started.
     */
    void announceStart(long now) {
        startedNanos = now;
        link.enqueue(new Frame.Started(frame.batch()));
    }

    long startedNanos() {
        return startedNanos;
    }

    /**
     * On the replica's thread.
     *
     * @param lend called at most once, where the results that are still to come keep the replica from nothing
     */
    void run(ActorInstance instance, String actor, Runnable lend) {
        runner = Thread.currentThread();
        List<Input> inputs = new ArrayList<>(items.size());
        int[] places = new int[items.size()];
        long now = System.nanoTime();
        results.begin(acceptedNanos, now);
        for (int i = 0; i < items.size(); i++) {
            BatchItem item = items.get(i);
            if (results.ended(i)) {
                continue;
            }
            if (now - acceptedNanos >= item.budgetNanos()) {
                results.fail(i, new Failure(ErrorCode.EXPIRED, "The SLO passed before the replica could start."));
                continue;
            }
            Input input = input(i, item, actor);
            if (input != null) {
                places[inputs.size()] = i;
                inputs.add(input);
            }
        }
        if (!inputs.isEmpty()) {
            call(instance, inputs, places.length == inputs.size() ? results : new PlacedSink(results, places));
        }
        synchronized (this) {
            returned = true;
            runner = null;
        }
        if (open.get() > 1 && instance.lends(frame.method())) {
            lend.run();
        }
        closeOne();
    }

    /** By whoever lends the replica, while that is done: no query can end the batch meanwhile. */
    void returnCredit(LentBytes room) {
        if (room.take(frame.weight())) {
            lent = room;
            frame.returnCredit();
        }
    }

    /** The router hears that the replica takes others; this one ends like any. */
    void announceLent() {
        link.send(new Frame.Lent(frame.batch()));
    }

    /** An actor's instance never throws; where that is not so, its queries learn it and its thread lives on. */
    private void call(ActorInstance instance, List<Input> inputs, BatchSink sink) {
        try {
            running = instance.run(frame.method(), inputs, sink);
        } catch (Throwable e) { // not declared, but not every compiler asks for that
            log.error("The actor of replica {} broke its contract and threw.", frame.replica(), e);
            for (int i = 0; i < inputs.size(); i++) {
                sink.fail(i, new Failure(ErrorCode.FAILED, "The actor failed: " + e));
            }
        }
    }

    private @Nullable Input input(int index, BatchItem item, String actor) {
        try {
            Meta meta = spans.isOn() ? recorded(index, item.meta(), actor) : item.meta();
            return new Input(
                    item.body(), meta.mediaType(), new Caller(actor, meta, acceptedNanos + item.budgetNanos()));
        } catch (RuntimeException e) {
            results.fail(
                    index, new Failure(ErrorCode.INVALID_INPUT, "The query's headers are damaged: " + e.getMessage()));
            return null;
        }
    }

    /** What user code asks of others on behalf of the query is part of what is recorded here. */
    private Meta recorded(int index, Meta meta, String actor) {
        OpenSpan span = spans.join("run " + actor + "/" + frame.method(), TraceContext.of(meta));
        if (span == null) {
            return meta;
        }
        results.records(index, span);
        span.with("sluice.tier", "host")
                .with("sluice.replica", frame.replica())
                .with("sluice.query.id", meta.id())
                .with("sluice.batch.size", items.size());
        Map<String, String> headers = new LinkedHashMap<>(meta.headers());
        span.context().putInto(headers);
        return new Meta(meta.mediaType(), meta.id(), meta.tenant(), headers);
    }

    private void closeOne() {
        int left = open.decrementAndGet();
        if (left > 0) {
            if (returned) {
                link.flush();
            }
            return;
        }
        Disposable async = running;
        if (async == null || !givenUp || async.isDisposed()) {
            end();
            return;
        }
        cancels.execute(() -> giveUp(async));
        if (stuck) {
            end();
        }
    }

    /** Nobody waits for what user code may still be at, and the next batch must not find it running. */
    private void giveUp(Disposable async) {
        try {
            async.dispose();
        } catch (RuntimeException | Error e) {
            log.warn("The actor of replica {} threw when its batch was given up.", frame.replica(), e);
        } finally {
            end();
        }
    }

    private void end() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        frame.release();
        LentBytes room = lent;
        if (room != null) {
            room.give(frame.weight());
        }
        long runNanos = System.nanoTime() - startedNanos;
        meters.batchEnded(items.size(), runNanos);
        onEnd.accept(new Frame.Done(frame.batch(), runNanos));
    }

    /** User code is not to go on with this query: its router does not take what came. */
    private void giveUpOn(int index) {
        givenUp = true;
        cancelStream(index);
    }

    /** The caller of this query is gone. Interrupts user code when nobody is left to wait for it. */
    void cancel(long exchange) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).exchange() == exchange) {
                cancelAt(i);
                return;
            }
        }
    }

    /** The caller of this query has so many more items of its stream. */
    void taken(long exchange, int count) {
        for (int i = 0; i < items.size(); i++) {
            StreamWindow stream = results.stream(i);
            if (items.get(i).exchange() == exchange && stream != null) {
                stream.taken(count);
            }
        }
    }

    private void cancelAt(int index) {
        if (!results.take(index)) {
            return;
        }
        giveUpOn(index);
        results.recorded(index, ErrorCode.CANCELLED);
        meters.queryEnded(ErrorCode.CANCELLED);
        closeOne();
        if (open.get() == 1 && !returned) {
            interrupt();
        }
    }

    private void cancelStream(int index) {
        StreamWindow stream = results.stream(index);
        if (stream != null) {
            cancels.execute(stream::cancel);
        }
    }

    /** The link is gone, and with it all who wait. */
    void cancelAll() {
        for (int i = 0; i < items.size(); i++) {
            cancelAt(i);
        }
    }

    /** Ends all that are open: the replica is stuck. What user code does when it hears that is not waited for. */
    void giveUp(Failure failure) {
        givenUp = true;
        stuck = true;
        for (int i = 0; i < items.size(); i++) {
            results.fail(i, failure);
        }
        if (open.get() == 0) {
            end();
        }
        link.flush();
        interrupt();
    }

    /** The batch was staged and its replica will not come to it: the router is told that nothing of it started. */
    void refuse() {
        int back = 0;
        for (int i = 0; i < items.size(); i++) {
            back += results.take(i) ? 1 : 0;
        }
        meters.queriesWentBack(back);
        frame.release();
        onEnd.accept(new Frame.Busy(frame.batch()));
    }

    /** Not a moment after user code has returned: the thread may be at the next batch. */
    private void interrupt() {
        synchronized (this) {
            Thread thread = runner;
            if (thread != null && !returned) {
                thread.interrupt();
            }
        }
    }
}
