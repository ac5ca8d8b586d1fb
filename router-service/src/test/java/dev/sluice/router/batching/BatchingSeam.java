package dev.sluice.router.batching;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * What any thread may do to a batcher at any time. Whoever finds nobody draining drains, on its own thread: more overlaps than
 * on an event loop, and all of those.
 */
public class BatchingSeam {

    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger requested = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicReference<@Nullable TestQuery> last = new AtomicReference<>();
    private final Arrivals<TestQuery> arrivals = new Arrivals<>();
    private final Replicas replicas = new Replicas();
    private final MicroBatcher<TestQuery> batcher = new MicroBatcher<>(
            arrivals,
            TestQuery.class,
            new FifoScheduler(List.of(new MethodPlan("call", 1, 0)), new QueueLimits(100, 100)),
            new CallersThread(),
            new Exits());

    /** Touched by the drain alone, so plain: a torn or lost count shows that there were two. */
    private int dispatched;

    private int removed;
    private boolean overlapped;

    public BatchingSeam() {
        batcher.subscribe(replicas);
    }

    @Operation
    public void arrive() {
        TestQuery query = new TestQuery("q", "call", 0, 1_000);
        arrived.incrementAndGet();
        last.set(query);
        arrivals.arrive(query);
    }

    @Operation
    public void aReplicaIsFree() {
        requested.incrementAndGet();
        replicas.request(1);
    }

    @Operation
    public void theLastCallerLeaves() {
        TestQuery query = last.getAndSet(null);
        if (query != null) {
            batcher.remove(query);
        }
    }

    @Validate
    public void noQueryIsLostNoWakeIsMissedAndOneDrains() {
        int waiting = batcher.size("call");
        if (overlapped) {
            throw new IllegalStateException("two threads drained at once");
        }
        if (dispatched + removed + waiting != arrived.get()) {
            throw new IllegalStateException(arrived + " arrived, " + dispatched + " were dispatched, " + removed
                    + " removed, and " + waiting + " wait");
        }
        if (waiting > 0 && dispatched < requested.get()) {
            throw new IllegalStateException(
                    waiting + " wait, and " + (requested.get() - dispatched) + " replicas are free");
        }
    }

    private void enter() {
        overlapped |= inside.incrementAndGet() != 1;
    }

    private void leave() {
        inside.decrementAndGet();
    }

    private final class Replicas extends BaseSubscriber<Batch> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Replicas become free later.
        }

        @Override
        protected void hookOnNext(Batch batch) {
            enter();
            dispatched += batch.size();
            leave();
        }
    }

    private final class Exits implements QueueListener<TestQuery> {

        @Override
        public void shed(TestQuery query, Reason why) {
            throw new IllegalStateException("nothing is to be shed here");
        }

        @Override
        public void waiting(TestQuery query) {
            enter();
            leave();
        }

        @Override
        public void removed(TestQuery query) {
            enter();
            removed++;
            leave();
        }
    }

    /** Time stands still, and tasks run where they are handed in. */
    private static final class CallersThread implements Shard {

        @Override
        public long now() {
            return 0;
        }

        @Override
        public void schedule(long delayNanos, Runnable task) {}

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
