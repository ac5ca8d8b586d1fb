package dev.sluice.scheduling;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Earliest deadline first, and order of arrival among equals. The method whose head has the earliest deadline goes
 * first, with its most urgent queries, as many as a batch may hold. Eager: a free replica takes what is there, so
 * {@link MethodPlan#maxWaitNanos maxWait} means nothing here. What has reached its deadline is shed and never
 * dispatched.
 *
 * <p>This is the optimal order while all deadlines can be met (Liu and Layland, 1973).
 */
public final class DeadlineScheduler implements Scheduler {

    private final Backlog backlog;
    private final Alarm alarm = new Alarm();

    /** @throws IllegalArgumentException if two plans have the same name */
    public DeadlineScheduler(Collection<MethodPlan> methods, QueueLimits limits) {
        backlog = new Backlog(methods, limits, DeadlineHeap::new);
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        return backlog.offer(query, now);
    }

    @Override
    public void offerAgain(Queued query, long now) {
        backlog.offerAgain(query);
    }

    @Override
    public boolean remove(Queued query) {
        return backlog.remove(query);
    }

    @Override
    public Decision poll(long now, int freeReplicas) {
        MethodQueue next = null;
        Queued mostUrgent = null;
        for (MethodQueue queue : backlog.queues()) {
            Queued head = queue.head();
            if (head != null && (mostUrgent == null || DeadlineHeap.moreUrgent(head, mostUrgent))) {
                next = queue;
                mostUrgent = head;
            }
        }
        if (next == null || mostUrgent == null) {
            return Decision.Idle.IDLE;
        }
        if (NanoTime.reached(mostUrgent.deadlineNanos(), now)) {
            backlog.remove(mostUrgent);
            return new Decision.Shed(mostUrgent, Reason.EXPIRED);
        }
        return freeReplicas > 0 ? new Decision.Dispatch(backlog.take(next)) : alarm.at(mostUrgent.deadlineNanos());
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
}
