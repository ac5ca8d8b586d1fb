package dev.sluice.router.batching;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.LatencyProfile;
import dev.sluice.scheduling.MethodLoad;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.Refusal;
import dev.sluice.scheduling.Scheduler;
import dev.sluice.scheduling.SchedulerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The operator that makes batches of arrivals: {@code Flux<Query>} in, {@code Flux<Batch>} out. Downstream demand is the
 * number of batches that replicas can take; where each window ends is the scheduler's decision, which this class only
 * carries out. Takes all that upstream has, from any thread, and never fails from pressure. When upstream ends, so does this
 * flux, after what waits has left; when downstream cancels, what waits is taken out.
 *
 * <p>The scheduler is only ever touched by the drain loop, on the actor's shard.
 */
public final class MicroBatcher<Q extends Queued> extends Flux<Batch> {

    private final Flux<Q> source;
    private final Class<Q> type;
    private final Shard shard;
    private final QueueListener<Q> listener;
    private final Loop loop;
    private volatile Scheduler scheduler;

    public MicroBatcher(Flux<Q> source, Class<Q> type, Scheduler scheduler, Shard shard, QueueListener<Q> listener) {
        this.source = source;
        this.type = type;
        this.scheduler = scheduler;
        this.shard = shard;
        this.listener = listener;
        this.loop = new Loop();
    }

    /** Takes a query out if it still waits: its caller is gone. Any thread. */
    public void remove(Q query) {
        loop.after(() -> {
            if (scheduler.remove(query)) {
                listener.removed(query);
            }
        });
    }

    /** Takes back a query of a batch that did not start; it keeps its place. Any thread. */
    public void giveBack(Q query) {
        loop.after(() -> loop.again(query));
    }

    /** What the scheduler goes by has changed: it is asked again. Any thread. */
    public void look() {
        loop.wake();
    }

    /** Takes out all that wait. Any thread. */
    public void clear() {
        loop.after(loop::removeAll);
    }

    /** Takes out those that wait and that somebody else takes; the others keep their order. Any thread. */
    public void sift(Predicate<Q> taken) {
        loop.after(() -> loop.takeAll().stream().filter(taken.negate()).forEach(loop::again));
    }

    /** Goes on with another scheduler; what waits moves over and keeps its order. Any thread. */
    public void replaceScheduler(Scheduler next) {
        loop.after(() -> {
            List<Q> moving = loop.takeAll();
            scheduler = next;
            moving.forEach(loop::again);
        });
    }

    /** How many queries of a method wait; approximate from other threads than the shard's. */
    public int size(String method) {
        return scheduler.size(method);
    }

    /** How many bytes wait; approximate from other threads than the shard's. */
    public long retainedBytes() {
        return scheduler.retainedBytes();
    }

    /** In what time what waits is likely to be worked off, in nanoseconds; 0 where that is not known. Shard only. */
    public long drainNanos() {
        return scheduler.drainNanos();
    }

    /** What is asked of each method, looked up on the shard. Any thread. */
    public CompletableFuture<List<MethodLoad>> loads(LatencyProfile profile) {
        CompletableFuture<List<MethodLoad>> loads = new CompletableFuture<>();
        loop.after(() -> loads.complete(scheduler.loads(profile, shard.now())));
        return loads;
    }

    /** What the scheduler has learnt and done, looked up on the shard. Any thread. */
    public CompletableFuture<SchedulerView> view() {
        CompletableFuture<SchedulerView> view = new CompletableFuture<>();
        loop.after(() -> view.complete(scheduler.view(shard.now())));
        return view;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Batch> actual) {
        loop.start(actual);
    }

    private final class Loop extends DrainLoop implements CoreSubscriber<Q>, Subscription {

        private static final int CHUNK = 256;

        /**
         * Queries that arrive, and what is to be done about others, in the order in which it happened: so the cancel of a
         * query never overtakes the query, nor a query the scheduler that knows its method.
         */
        private final Queue<Object> inbox = new MpscUnboundedArrayQueue<>(CHUNK);

        private final List<Q> entered = new ArrayList<>();
        private final AtomicLong demand = new AtomicLong();
        private final WakeTimer timer = new WakeTimer(shard, this::wake);
        private @Nullable CoreSubscriber<? super Batch> downstream;
        private volatile @Nullable Subscription upstream;
        private volatile boolean cancelled;
        private volatile boolean completed;
        private volatile @Nullable Throwable failed;
        private boolean terminated;

        Loop() {
            super(shard);
        }

        void start(CoreSubscriber<? super Batch> actual) {
            if (downstream != null) {
                Operators.error(actual, new IllegalStateException("batches go to one dispatcher"));
                return;
            }
            downstream = actual;
            actual.onSubscribe(this);
            source.subscribe(this);
        }

        void after(Runnable action) {
            inbox.offer(action);
            wake();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                if (cancelled) {
                    subscription.cancel();
                } else {
                    subscription.request(Long.MAX_VALUE);
                }
            }
        }

        @Override
        public void onNext(Q query) {
            inbox.offer(query);
            wake();
        }

        @Override
        public void onError(Throwable failure) {
            failed = failure;
            onComplete();
        }

        @Override
        public void onComplete() {
            completed = true;
            wake();
        }

        @Override
        public void request(long batches) {
            if (Operators.validate(batches)) {
                demand.updateAndGet(before -> Operators.addCap(before, batches));
                wake();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Subscription from = upstream;
            if (from != null) {
                from.cancel();
            }
            wake();
        }

        @Override
        protected void drain() {
            boolean last = completed;
            long now = shard.now();
            for (Object next = inbox.poll(); next != null; next = inbox.poll()) {
                if (next instanceof Runnable action) {
                    action.run();
                } else {
                    arrived(type.cast(next), now);
                }
            }
            decide(now);
            if (cancelled) {
                removeAll();
            }
            for (int i = 0; i < entered.size(); i++) {
                if (entered.get(i).isQueued()) {
                    listener.waiting(entered.get(i));
                }
            }
            entered.clear();
            if (last && !terminated && scheduler.size() == 0) {
                terminate();
            }
        }

        private void arrived(Q query, long now) {
            if (!scheduler.serves(query.method())) {
                listener.removed(query);
                return;
            }
            Refusal refusal = scheduler.offer(query, now);
            if (refusal == null) {
                entered.add(query);
            } else {
                listener.shed(query, refusal.why());
            }
        }

        /** What can never be in a batch again is taken out: its method is gone, or the stream of batches has ended. */
        void again(Q query) {
            if (terminated || !scheduler.serves(query.method())) {
                listener.removed(query);
            } else {
                scheduler.offerAgain(query, shard.now());
                entered.add(query);
            }
        }

        void removeAll() {
            takeAll().forEach(listener::removed);
        }

        List<Q> takeAll() {
            List<Q> all = new ArrayList<>(scheduler.size());
            for (Queued query = scheduler.peek(); query != null; query = scheduler.peek()) {
                scheduler.remove(query);
                all.add(type.cast(query));
            }
            return all;
        }

        private void decide(long now) {
            while (!cancelled) {
                Decision decision = scheduler.poll(now, (int) Math.min(demand.get(), listener.room()));
                if (decision instanceof Decision.Dispatch dispatch) {
                    dispatch(dispatch.batch());
                } else if (decision instanceof Decision.Shed shed) {
                    listener.shed(type.cast(shed.query()), shed.why());
                } else if (decision instanceof Decision.Hedge hedge) {
                    useDemand();
                    listener.hedge(hedge);
                } else {
                    if (decision instanceof Decision.WakeAt wake) {
                        timer.at(wake.nanos(), now);
                    }
                    return;
                }
            }
        }

        private void useDemand() {
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
        }

        private void dispatch(Batch batch) {
            useDemand();
            if (downstream != null) {
                downstream.onNext(batch);
            }
        }

        private void terminate() {
            terminated = true;
            if (downstream == null || cancelled) {
                return;
            }
            if (failed == null) {
                downstream.onComplete();
            } else {
                downstream.onError(failed);
            }
        }
    }
}
