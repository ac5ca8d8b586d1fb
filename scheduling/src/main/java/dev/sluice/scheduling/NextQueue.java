package dev.sluice.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which queue gets the next free replica: the one with the least slack, which is the time left to its head, less the time of
 * the batch that it would make. Only while several classes want more than there is, a small batch that can wait for the next
 * replica lets a larger one go first, as long as there is one; and the replica stays with the queue that it served last, if
 * that has a batch worth while and no more replicas than its share, and everybody who waits holds one.
 *
 * <p>Whoever is hasty always has the least slack. It would take every replica whose long batch ends, run small batches one
 * close after another, and give replicas back at another moment, when those that it keeps have fallen into step. A class
 * that keeps its replicas finds them free at regular intervals, and fills its batches.
 *
 * <p>One object, looked through again and again; not thread-safe.
 */
final class NextQueue {

    /** Where classes compete, this part of an efficient batch is worth a replica at once. */
    private static final double RIPE = 0.3;

    /** Whoever lets others go first keeps this part of its time from arrival to deadline in hand. */
    private static final double RESERVE = 0.1;

    private static final double CAUTION = 1.02;

    /** This part of an efficient batch is worth to keep a replica for. */
    private static final double WORTH_WHILE = 0.5;

    /** Sorts those that can wait behind all that cannot. */
    private static final double CAN_WAIT = 1e15;

    private final boolean deferral;

    /** The queue whose turn it is, and its head; null where none should or can go now. */
    @Nullable ClassQueue queue;

    @Nullable Queued head;

    /** The most urgent of the heads that can no longer be answered in time, and its queue. */
    @Nullable Queued hopeless;

    @Nullable ClassQueue hopelessQueue;

    /** In what time to look again, if nothing happens. */
    long sleepNanos;

    private double leastSlack;

    NextQueue(boolean deferral) {
        this.deferral = deferral;
    }

    /**
     * Looks through the queues.
     *
     * @param free whether a batch can be sent
     * @param replica the one to send it to; null where that is the owner's choice
     * @param scarce whether several classes want more than there is, so that the replica stays with the queue that it served last
     * @param nextFree in what time the replica after that one is likely to be free; negative where nobody should wait for it
     */
    void look(
            List<ClassQueue> queues,
            boolean free,
            @Nullable TrackedReplica replica,
            boolean scarce,
            double nextFree,
            long now) {
        queue = null;
        head = null;
        hopeless = null;
        hopelessQueue = null;
        sleepNanos = Long.MAX_VALUE;
        double pace = replica == null ? 1 : replica.pace();
        long wait = replica == null ? 0 : Fleet.startsAt(replica, now) - now;
        boolean slow = replica != null && (pace > 1 || wait > 0);
        ClassQueue trial = null;
        ClassQueue alone = null;
        ClassQueue keeper = scarce && replica != null ? keeper(queues, replica) : null;
        int waiting = 0;
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue each = queues.get(i);
            Queued first = each.head();
            if (first == null) {
                continue;
            }
            waiting++;
            MethodTimes times = each.times();
            long left = first.deadlineNanos() - now;
            long spare = left - (long) times.typical(first.countedRows);
            if (left <= 0 || (spare < 0 && !first.probe)) {
                if (hopeless == null || DeadlineHeap.moreUrgent(first, hopeless)) {
                    hopeless = first;
                    hopelessQueue = each;
                }
                continue;
            }
            sleepNanos = Math.min(sleepNanos, times.known() && !first.probe ? spare + 1 : left);
            if (slow && replica != null && !first.probe && tooSlow(replica, each, first, left - wait)) {
                trial = trial == null && free && replica.isTrialDue(now) ? each : trial;
                continue;
            }
            double slack = left - wait - times.safe(Math.min(each.rows(), each.target)) * pace;
            if (free && nextFree >= 0 && times.known() && each.rows() < each.efficient) {
                double spareTime = left - safeByThen(each, nextFree, now) - RESERVE * each.budgetNanos();
                if (spareTime > nextFree) {
                    if (deferral || each.rows() < each.efficient * RIPE) {
                        sleepNanos = Math.min(sleepNanos, (long) Math.max(1, spareTime - nextFree));
                        alone = each;
                        continue;
                    }
                    slack += CAN_WAIT;
                }
            }
            if (each == keeper) {
                // A batch that could wait is neither put back then nor preferred.
                slack -= CAN_WAIT;
            }
            if (queue == null
                    || slack < leastSlack
                    || (slack == leastSlack && head != null && DeadlineHeap.moreUrgent(first, head))) {
                leastSlack = slack;
                queue = each;
                head = first;
            }
        }
        if (queue == null && alone == null && trial != null) {
            // Or nobody would ever learn that it is slow no more.
            queue = trial;
            head = trial.head();
        }
        if (waiting == 1 && alone != null && !deferral) {
            queue = alone;
            head = alone.head();
        }
    }

    /** An ordinary replica could still serve what this one cannot, or no longer. */
    private static boolean tooSlow(TrackedReplica replica, ClassQueue queue, Queued head, double room) {
        MethodTimes times = queue.timesOn(replica);
        return times.known() && room < times.typical(head.countedRows) * replica.slowdown();
    }

    /** Who goes before all others that cannot wait, since the replica served it last; null for nobody. */
    private static @Nullable ClassQueue keeper(List<ClassQueue> queues, TrackedReplica replica) {
        ClassQueue last = replica.lastServed();
        if (last == null || last.rows() < last.efficient * WORTH_WHILE || !last.holdsItsShare()) {
            return null;
        }
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue other = queues.get(i);
            if (other.held == 0 && other.size() > 0) {
                // Or it would get none as long as the others have enough to do.
                return null;
            }
        }
        return last;
    }

    /** The safe time of the batch that a queue is likely to make in a while. */
    private static double safeByThen(ClassQueue queue, double wait, long now) {
        double size = queue.rows() + queue.arrivals.perNano(now) * wait;
        return queue.times().safe((int) Math.max(1, Math.min(queue.efficient, size))) * CAUTION;
    }
}
