package dev.sluice.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges on arrival whether a query can be answered in time. */
final class Admission {

    private static final long PLAN_EVERY_NANOS = 2_000_000;
    private static final int PLAN_EVERY_ARRIVALS = 256;
    private static final double TOLERANCE = 0.02;

    private final List<ClassQueue> queues;
    private final Fleet fleet;
    private int arrivals;
    private long plannedAt;
    private boolean planned;
    private double load;

    Admission(List<ClassQueue> queues, Fleet fleet, DeadlineSettings settings) {
        this.queues = queues;
        this.fleet = fleet;
    }

    @Nullable Refusal judge(ClassQueue queue, Queued query, long now) {
        queue.arrived(query, now);
        MethodTimes times = queue.times();
        if (!times.known() || fleet.size() == 0) {
            return null;
        }
        if (!planned || ++arrivals >= PLAN_EVERY_ARRIVALS || now - plannedAt > PLAN_EVERY_NANOS) {
            plan(now);
        }
        int ahead = queue.size();
        int rank = 0;
        Queued head = queue.head();
        if (head != null) {
            long first = fleet.freeAt(0, 0, now);
            int fits = times.largestWithin(
                    head.deadlineNanos() - first, queue.plan().maxBatchSize());
            if (ahead >= fits) {
                rank = 1 + (ahead - fits) / queue.efficient;
            }
        }
        int slot = (int) (rank * Math.max(1, fleet.speed() / queue.replicas));
        long starts = fleet.freeAt(slot, times.typical(queue.efficient), now);
        double expected = 1 + queue.arrivals.perNano(now) * (starts - now);
        int size = (int) Math.min(queue.efficient, expected + (rank == 0 ? ahead : 0));
        return starts - now + times.safe(Math.max(1, size)) <= query.deadlineNanos() - now ? null : Refusal.UNMEETABLE;
    }

    private void plan(long now) {
        planned = true;
        plannedAt = now;
        arrivals = 0;
        double demand = 0;
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (queue.times().known()) {
                demand += queue.arrivals.perNano(now) * queue.costNanos(queue.target);
            }
        }
        load = demand / Math.max(1e-9, fleet.speed());
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (queue.times().known() && demand > 0) {
                double share = queue.arrivals.perNano(now) * queue.costNanos(queue.target) / demand;
                double tolerance = TOLERANCE * Math.max(0, Math.min(1, 2 - load));
                queue.plan(share * fleet.speed(), tolerance);
            }
        }
    }
}
