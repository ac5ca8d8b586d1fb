package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that a batch can be sent to, the best first: those that have nothing to do before those whose batch is about
 * to end, then the quicker and more reliable, then whichever waits for longest. A replica is taken out before anything
 * changes that it is ordered by. Not thread-safe.
 */
final class FreeReplicas {

    private final PriorityQueue<TrackedReplica> byCost =
            new PriorityQueue<>(Comparator.<TrackedReplica>comparingInt(replica -> replica.running)
                    .thenComparingDouble(TrackedReplica::cost)
                    .thenComparing((one, other) -> Long.signum(one.freeSince - other.freeSince)));

    private int idle;

    void add(TrackedReplica replica) {
        byCost.add(replica);
        idle += replica.running == 0 ? 1 : 0;
    }

    void remove(TrackedReplica replica) {
        boolean held;
        if (byCost.peek() == replica) {
            byCost.poll();
            held = true;
        } else {
            held = byCost.remove(replica);
        }
        idle -= held && replica.running == 0 ? 1 : 0;
    }

    @Nullable TrackedReplica best() {
        return byCost.peek();
    }

    /** Those that have nothing to do. */
    int idle() {
        return idle;
    }

    /** All of them, with the rooms behind batches that are about to end. */
    int count() {
        return byCost.size();
    }

    /** To be called when many have changed at once. */
    void reorder() {
        List<TrackedReplica> all = new ArrayList<>(byCost);
        byCost.clear();
        byCost.addAll(all);
    }
}
