package dev.sluice.scheduling;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits for one actor: a queue per method, the limits on them together, and the order of arrival. Knows
 * nothing of time but whether a query comes too late to be queued at all; which queue is next is the scheduler's rule.
 */
final class Backlog {

    private final Map<String, MethodQueue> byMethod = new LinkedHashMap<>();
    private final MethodQueue[] queues;
    private final QueueLimits limits;
    private int size;
    private long bytes;
    private long nextSequence;

    /** @param order makes the heap that keeps one method's queries in order */
    Backlog(Collection<MethodPlan> methods, QueueLimits limits, Supplier<? extends QueryHeap> order) {
        for (MethodPlan plan : methods) {
            if (byMethod.put(plan.name(), new MethodQueue(plan, order.get())) != null) {
                throw new IllegalArgumentException("Method '" + plan.name() + "' is planned twice");
            }
        }
        this.queues = byMethod.values().toArray(new MethodQueue[0]);
        this.limits = limits;
    }

    /** One queue per method, empty ones too. Not to be changed: an array because it is walked on every poll. */
    MethodQueue[] queues() {
        return queues;
    }

    @Nullable Refusal offer(Queued query, long now) {
        MethodQueue queue = queueFor(query);
        if (NanoTime.reached(query.deadlineNanos(), now)) {
            return Refusal.EXPIRED;
        }
        int charge = query.retainedBytes();
        if (size >= limits.maxQueries() || charge > limits.maxBytes() - bytes) {
            return Refusal.OVERLOADED;
        }
        query.sequence = nextSequence++;
        enter(queue, query, charge);
        return null;
    }

    void offerAgain(Queued query) {
        MethodQueue queue = queueFor(query);
        if (!query.wasAccepted()) {
            query.sequence = nextSequence;
        }
        // What another scheduler numbered must not come behind what arrives here from now on.
        nextSequence = Math.max(nextSequence, query.sequence + 1);
        enter(queue, query, query.retainedBytes());
    }

    boolean remove(Queued query) {
        MethodQueue queue = query.queue;
        if (queue == null || byMethod.get(query.method()) != queue) {
            return false;
        }
        leave(queue, query);
        return true;
    }

    /** Takes out the next batch of a queue that is not empty: its first queries, as many as a batch may hold. */
    Batch take(MethodQueue queue) {
        Queued[] queries = new Queued[Math.min(queue.size(), queue.plan().maxBatchSize())];
        for (int i = 0; i < queries.length; i++) {
            Queued head = queue.head();
            if (head == null) {
                throw new IllegalStateException("A queue is shorter than it says");
            }
            leave(queue, head);
            queries[i] = head;
        }
        return new Batch(queue.plan().name(), queries);
    }

    @Nullable Queued peek() {
        for (MethodQueue queue : queues) {
            Queued head = queue.head();
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    boolean serves(String method) {
        return byMethod.containsKey(method);
    }

    int size() {
        return size;
    }

    int size(String method) {
        MethodQueue queue = byMethod.get(method);
        return queue == null ? 0 : queue.size();
    }

    long retainedBytes() {
        return bytes;
    }

    private MethodQueue queueFor(Queued query) {
        if (query.isQueued()) {
            throw new IllegalStateException("The query is queued already");
        }
        MethodQueue queue = byMethod.get(query.method());
        if (queue == null) {
            throw new IllegalArgumentException("The actor has no method '" + query.method() + "'");
        }
        return queue;
    }

    private void enter(MethodQueue queue, Queued query, int charge) {
        query.chargedBytes = charge;
        size++;
        bytes += charge;
        queue.add(query);
    }

    private void leave(MethodQueue queue, Queued query) {
        queue.remove(query);
        size--;
        bytes -= query.chargedBytes;
    }
}
