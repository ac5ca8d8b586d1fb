package dev.sluice.scheduling;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batch for a free replica: as large as its most urgent query allows ({@link BatchRule}), filled up with later
 * deadlines from the method's other classes. Not thread-safe.
 */
final class BatchMaker {

    /** A head that allows only so small a part of an efficient batch is given up: it would make all others late. */
    private static final double LEAST_EFFICIENCY = 0.5;

    private final ClassBacklog backlog;
    private final BatchRule rule;

    BatchMaker(ClassBacklog backlog, BatchRule rule) {
        this.backlog = backlog;
        this.rule = rule;
    }

    /** Takes a batch out of the queues; null where the head of this one has to be given up first. */
    @Nullable Batch make(ClassQueue queue, Queued head, @Nullable TrackedReplica replica, long now) {
        double slowdown = replica == null ? 1 : replica.slowdown();
        long starts = replica == null ? now : Fleet.startsAt(replica, now);
        boolean slow = replica != null && (replica.pace() > 1 || starts != now);
        MethodTimes times = queue.timesOn(replica);
        double room = (head.deadlineNanos() - starts) / slowdown;
        int wanted = wanted(queue, head, slow);
        double least = wanted == head.countedRows ? times.typical(wanted) : times.safe(wanted);
        if (!slow && times.known() && !head.probe && room < least) {
            return null;
        }
        int fits = Math.max(wanted, times.largestWithin(room, queue.plan().maxBatchSize()));
        return new Batch(queue.plan().name(), take(queue, head, fits), replica);
    }

    private Queued[] take(ClassQueue host, Queued head, int most) {
        Queued[] queries = new Queued[Math.min(most, candidates(host, head))];
        int taken = 0;
        int rows = 0;
        while (taken < queries.length) {
            ClassQueue from = mostUrgent(host, head);
            Queued next = from.head();
            if (next == null || (taken > 0 && rows + next.countedRows > most)) {
                break;
            }
            rows += next.countedRows;
            queries[taken++] = backlog.takeHead(from);
        }
        return taken == queries.length ? queries : Arrays.copyOf(queries, taken);
    }

    /** The size that the batch has to have, at the expense of the most urgent queries if need be. */
    private int wanted(ClassQueue queue, Queued head, boolean slow) {
        if (rule == BatchRule.TARGET_WINDOW && !slow) {
            return Math.max(head.countedRows, Math.min(queue.rows(), queue.target));
        }
        int least = slow ? 1 : (int) (queue.efficient * LEAST_EFFICIENCY);
        return Math.max(head.countedRows, Math.min(queue.rows(), least));
    }

    /** How many queries could ride in a batch for this head: its own class, and later deadlines of the method's others. */
    private int candidates(ClassQueue host, Queued head) {
        int waiting = 0;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (mayRide(queue, host, head)) {
                waiting += queue.size();
            }
        }
        return waiting;
    }

    private ClassQueue mostUrgent(ClassQueue host, Queued head) {
        ClassQueue first = null;
        Queued firstHead = null;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            Queued next = queue.head();
            if (next != null
                    && mayRide(queue, host, head)
                    && (firstHead == null || DeadlineHeap.moreUrgent(next, firstHead))) {
                first = queue;
                firstHead = next;
            }
        }
        if (first == null) {
            throw new IllegalStateException("A batch is smaller than what waits for it");
        }
        return first;
    }

    private static boolean mayRide(ClassQueue queue, ClassQueue host, Queued head) {
        Queued next = queue.head();
        return queue == host
                || (queue.sameMethod(host) && next != null && next.deadlineNanos() - head.deadlineNanos() >= 0);
    }
}
