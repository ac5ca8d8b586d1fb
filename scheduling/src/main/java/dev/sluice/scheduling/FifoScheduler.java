package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Order of arrival over all methods. A method is ready when a full batch of it waits or when its oldest query has waited
 * for {@link MethodPlan#maxWaitNanos maxWait}; of the ready ones the method whose oldest query is the oldest goes first,
 * with as many queries as a batch may hold. A query that reaches its deadline is shed on time, also while no replica is
 * free, and also where a longer {@code maxWait} made it wait. A replica that fails more often than the others is left alone for a
 * while, as with any scheduler: it is free again soonest, and would get most of what comes. So is one that is three times slower than the
 * others: for 1 s, then 2, 4, ... 16 s, and tried with a batch in between.
 */
public final class FifoScheduler implements Scheduler {

    private final Backlog<MethodQueue> backlog;
    private final DeadlineHeap expiries = new DeadlineHeap();
    private final Alarm alarm = new Alarm();

    /** Null where all replicas are alike. */
    private final @Nullable Fleet fleet;

    /** @throws IllegalArgumentException if two plans have the same name */
    public FifoScheduler(Collection<MethodPlan> methods, QueueLimits limits) {
        this(methods, limits, null);
    }

    /**
     * @param fleet the replicas, of which those that fail or are far slower are left alone; its owner keeps it up to date, and chooses one of the others.
     *     Null where all are alike
     * @throws IllegalArgumentException if two plans have the same name
     */
    public FifoScheduler(Collection<MethodPlan> methods, QueueLimits limits, @Nullable Fleet fleet) {
        this.fleet = fleet;
        if (fleet != null) {
            fleet.leaveSlowAlone(true);
        }
        backlog = new MethodBacklog(methods, limits, ArrivalHeap::new);
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        Refusal refusal = backlog.offer(query, now);
        if (refusal == null) {
            expiries.add(query);
        }
        return refusal;
    }

    @Override
    public void offerAgain(Queued query, long now) {
        backlog.offerAgain(query);
        expiries.add(query);
    }

    @Override
    public boolean remove(Queued query) {
        boolean held = backlog.remove(query);
        if (held) {
            expiries.remove(query);
        }
        return held;
    }

    @Override
    public Decision poll(long now, int freeReplicas) {
        if (fleet != null && fleet.hasShunned()) {
            fleet.readmit(now);
        }
        Queued nextToExpire = expiries.peek();
        if (nextToExpire == null) {
            return Decision.Idle.IDLE;
        }
        if (NanoTime.reached(nextToExpire.deadlineNanos(), now)) {
            remove(nextToExpire);
            return new Decision.Shed(nextToExpire, Reason.EXPIRED);
        }
        long sleep = nextToExpire.deadlineNanos() - now;
        if (freeReplicas <= 0) {
            return alarm.at(now + sleep);
        }
        if (fleet != null && fleet.hasShunned() && fleet.best() == null) {
            return alarm.at(now + Math.min(sleep, Math.max(1, fleet.nextReadmission() - now)));
        }
        MethodQueue oldest = null;
        long oldestSequence = Long.MAX_VALUE;
        for (MethodQueue queue : backlog.queues()) {
            Queued head = queue.head();
            if (head == null) {
                continue;
            }
            long wait = queue.fillsABatch() ? 0 : waitLeft(queue.plan(), head, now);
            if (wait > 0) {
                sleep = Math.min(sleep, wait);
            } else if (head.sequence < oldestSequence) {
                oldest = queue;
                oldestSequence = head.sequence;
            }
        }
        return oldest == null ? alarm.at(now + sleep) : new Decision.Dispatch(take(oldest));
    }

    @Override
    public @Nullable Queued peek() {
        return backlog.peek();
    }

    @Override
    public boolean serves(String method) {
        return backlog.serves(method);
    }

    @Override
    public int size() {
        return backlog.size();
    }

    @Override
    public long retainedBytes() {
        return backlog.retainedBytes();
    }

    @Override
    public int size(String method) {
        return backlog.size(method);
    }

    /** The best size is taken to be the largest that could wait for another to end and still fit the SLO. */
    @Override
    public List<MethodLoad> loads(LatencyProfile profile, long now) {
        List<MethodLoad> loads = new ArrayList<>();
        for (MethodQueue queue : backlog.queues()) {
            MethodTimes times = profile.of(queue.plan().name());
            Offered offered = queue.offered();
            int most = queue.plan().maxBatchSize();
            int best = Math.max(1, times.largestWithin(offered.budgetNanos() / 2, most));
            loads.add(offered.load(queue.plan().name(), queue.size(), queue.rows(), times.typical(best) / best));
        }
        return loads;
    }

    private Batch take(MethodQueue queue) {
        Batch batch = backlog.take(queue);
        for (int i = 0; i < batch.size(); i++) {
            expiries.remove(batch.get(i));
        }
        return batch;
    }

    /** What is left of the wait, in nanoseconds; not positive when it is over. Durations, so that no sum overflows. */
    private static long waitLeft(MethodPlan plan, Queued oldest, long now) {
        return plan.maxWaitNanos() - Math.max(0, now - oldest.arrivedNanos());
    }
}
