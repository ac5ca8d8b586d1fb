package dev.sluice.router.batching;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.Refusal;
import dev.sluice.scheduling.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The operator that makes batches of arrivals: {@code Flux<Query>} in, {@code Flux<Batch>} out. Downstream demand is the
 * number of batches that replicas can take; where each window ends is the scheduler's decision, which this class only
 * carries out. Takes all that upstream has, from any thread, and never fails from pressure.
 *
 * <p>The scheduler is only ever touched by the drain loop, on the actor's shard.
 */
public final class MicroBatcher<Q extends Queued> extends Flux<Batch> {

    private final Flux<Q> source;
    private final Shard shard;
    private final QueueListener<Q> listener;
    private final Class<Q> type;
    private final Loop loop;
    private Scheduler scheduler;

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
        loop.control(() -> {
            if (scheduler.remove(query)) {
                listener.removed(query);
            }
        });
    }

    /** Takes back a query of a batch that did not start; it keeps its place. Any thread. */
    public void giveBack(Q query) {
        loop.control(() -> again(query));
    }

    /** Takes out all that wait. Any thread. */
    public void clear() {
        loop.control(() -> {
            for (Queued query = scheduler.peek(); query != null; query = scheduler.peek()) {
                scheduler.remove(query);
                listener.removed(type.cast(query));
            }
        });
    }

    /** Goes on with another scheduler; what waits moves over in its order of arrival. Any thread. */
    public void replaceScheduler(Scheduler next) {
        loop.control(() -> {
            List<Q> moving = new ArrayList<>();
            for (Queued query = scheduler.peek(); query != null; query = scheduler.peek()) {
                scheduler.remove(query);
                moving.add(type.cast(query));
            }
            scheduler = next;
            moving.forEach(this::again);
        });
    }

    /** A method that a newer description of the actor no longer has takes its queries with it. */
    private void again(Q query) {
        if (scheduler.serves(query.method())) {
            scheduler.offerAgain(query, shard.now());
        } else {
            listener.removed(query);
        }
    }

    /** How many queries of a method wait; approximate from other threads than the shard's. */
    public int size(String method) {
        return scheduler.size(method);
    }

    public int size() {
        return scheduler.size();
    }

    public long retainedBytes() {
        return scheduler.retainedBytes();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Batch> actual) {
        loop.start(actual);
    }

    private final class Loop extends DrainLoop implements CoreSubscriber<Q>, Subscription {

        private static final int CHUNK = 256;

        private final Queue<Q> arrivals = new MpscUnboundedArrayQueue<>(CHUNK);
        private final Queue<Runnable> controls = new MpscUnboundedArrayQueue<>(CHUNK);
        private final List<Q> fresh = new ArrayList<>();
        private final AtomicLong demand = new AtomicLong();
        private @Nullable CoreSubscriber<? super Batch> downstream;
        private volatile boolean cancelled;
        private volatile boolean completed;
        private volatile @Nullable Throwable failed;
        private boolean terminated;
        private boolean armed;
        private long armedFor;

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

        void control(Runnable action) {
            controls.offer(action);
            wake();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Q query) {
            arrivals.offer(query);
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
            demand.updateAndGet(before -> Operators.addCap(before, batches));
            wake();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        protected void drain() {
            boolean last = completed;
            long now = shard.now();
            takeArrivals(now);
            for (Runnable control = controls.poll(); control != null; control = controls.poll()) {
                control.run();
            }
            decide(now);
            for (int i = 0; i < fresh.size(); i++) {
                if (fresh.get(i).isQueued()) {
                    listener.waiting(fresh.get(i));
                }
            }
            fresh.clear();
            if (last && scheduler.size() == 0) {
                terminate();
            }
        }

        private void takeArrivals(long now) {
            for (Q query = arrivals.poll(); query != null; query = arrivals.poll()) {
                if (!scheduler.serves(query.method())) {
                    listener.removed(query);
                    continue;
                }
                Refusal refusal = scheduler.offer(query, now);
                if (refusal == null) {
                    fresh.add(query);
                } else {
                    listener.shed(query, refusal.why());
                }
            }
        }

        private void decide(long now) {
            while (true) {
                int free = cancelled ? 0 : (int) Math.min(demand.get(), Integer.MAX_VALUE);
                Decision decision = scheduler.poll(now, free);
                if (decision instanceof Decision.Dispatch dispatch) {
                    dispatch(dispatch.batch());
                } else if (decision instanceof Decision.Shed shed) {
                    listener.shed(type.cast(shed.query()), shed.why());
                } else {
                    if (decision instanceof Decision.WakeAt wake) {
                        arm(wake.nanos(), now);
                    }
                    return;
                }
            }
        }

        private void dispatch(Batch batch) {
            demand.decrementAndGet();
            if (downstream != null) {
                downstream.onNext(batch);
            }
        }

        /** A wake that comes too early does no harm, so an earlier one that is under way is left alone. */
        private void arm(long at, long now) {
            if (armed && armedFor - at <= 0) {
                return;
            }
            armed = true;
            armedFor = at;
            shard.schedule(at - now, () -> {
                if (armedFor == at) {
                    armed = false;
                }
                wake();
            });
        }

        private void terminate() {
            if (terminated || downstream == null) {
                return;
            }
            terminated = true;
            if (failed == null) {
                downstream.onComplete();
            } else {
                downstream.onError(failed);
            }
        }
    }
}
