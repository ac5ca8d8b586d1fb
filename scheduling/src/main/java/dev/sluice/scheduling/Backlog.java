package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits for one actor: its queues, the limits on them together, and the order of arrival. Knows nothing of
 * time but whether a query comes too late to be queued at all; which queue is next is the scheduler's rule.
 *
 * @param <Q> the kind of queue
 */
abstract class Backlog<Q extends MethodQueue> {

    /** Looked at by other threads too, for the sizes; replaced whole, which is rare. */
    private volatile List<Q> queues = List.of();

    private final QueueLimits limits;
    private int size;
    private long bytes;
    private long nextSequence;

    Backlog(QueueLimits limits) {
        this.limits = limits;
    }

    /** The queue for queries like this one; null if the actor does not have the method. */
    abstract @Nullable Q find(Queued query);

    abstract boolean serves(String method);

    final Q added(Q queue) {
        List<Q> more = new ArrayList<>(queues);
        more.add(queue);
        queues = List.copyOf(more);
        return queue;
    }

    /** Drops queues, which have to be empty. */
    final void retain(Predicate<Q> worthKeeping) {
        queues = queues.stream().filter(worthKeeping).toList();
    }

    /** All queues, empty ones too. Not to be changed: it is walked by index on every poll. */
    final List<Q> queues() {
        return queues;
    }

    /** Why a query cannot be queued now; null if it can. */
    final @Nullable Refusal refusal(Queued query, long now) {
        if (NanoTime.reached(query.deadlineNanos(), now)) {
            return Refusal.EXPIRED;
        }
        return size >= limits.maxQueries() || query.retainedBytes() > limits.maxBytes() - bytes
                ? Refusal.OVERLOADED
                : null;
    }

    final @Nullable Refusal offer(Queued query, long now) {
        Q queue = queueFor(query);
        queue.offered().add(query, now);
        Refusal refusal = refusal(query, now);
        if (refusal == null) {
            accept(queue, query);
        }
        return refusal;
    }

    final void accept(Q queue, Queued query) {
        query.sequence = nextSequence++;
        enter(queue, query, query.retainedBytes());
    }

    final void offerAgain(Queued query) {
        Q queue = queueFor(query);
        if (!query.wasAccepted()) {
            query.sequence = nextSequence;
        }
        // What another scheduler numbered must not come behind what arrives here from now on.
        nextSequence = Math.max(nextSequence, query.sequence + 1);
        enter(queue, query, query.retainedBytes());
    }

    final boolean remove(Queued query) {
        MethodQueue queue = query.queue;
        if (queue == null || queue.owner() != this) {
            return false;
        }
        leave(queue, query);
        return true;
    }

    /** Takes out the first query of a queue that is not empty. */
    final Queued takeHead(MethodQueue queue) {
        Queued head = queue.head();
        if (head == null) {
            throw new IllegalStateException("A queue is shorter than it says");
        }
        leave(queue, head);
        return head;
    }

    /** Takes out the next batch of a queue that is not empty: its first queries, as many rows as a batch may hold. */
    final Batch take(MethodQueue queue) {
        int most = queue.plan().maxBatchSize();
        Queued[] queries = new Queued[Math.min(queue.size(), most)];
        int taken = 0;
        int rows = 0;
        for (Queued head = queue.head();
                head != null && taken < queries.length && (taken == 0 || rows + head.countedRows <= most);
                head = queue.head()) {
            rows += head.countedRows;
            queries[taken++] = takeHead(queue);
        }
        return new Batch(queue.plan().name(), taken == queries.length ? queries : Arrays.copyOf(queries, taken));
    }

    final @Nullable Queued peek() {
        for (Q queue : queues) {
            Queued head = queue.head();
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    final int size() {
        return size;
    }

    final int size(String method) {
        int sum = 0;
        for (Q queue : queues) {
            sum += queue.plan().name().equals(method) ? queue.size() : 0;
        }
        return sum;
    }

    final long retainedBytes() {
        return bytes;
    }

    /** @throws IllegalArgumentException if the actor does not have the method */
    final Q queueFor(Queued query) {
        if (query.isQueued()) {
            throw new IllegalStateException("The query is queued already");
        }
        Q queue = find(query);
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
