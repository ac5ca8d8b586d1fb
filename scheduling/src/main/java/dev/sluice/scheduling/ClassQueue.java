package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/** The queries of one method and one SLO class, most urgent first, and what their traffic is like. */
final class ClassQueue extends MethodQueue {

    private static final double RATE_HORIZON_NANOS = 100e6;
    private static final double MIX_HORIZON_NANOS = 1e9;
    private static final double BUDGET_WEIGHT = 1 / 64.0;

    private final MethodProfile profile;
    private final int sloClass;
    private final Share share = new Share(1);

    /** What arrives, in rows. */
    final DecayingRate arrivals = new DecayingRate(RATE_HORIZON_NANOS);

    /** The same over a longer time, for the part that the class has in its method's traffic. */
    final DecayingRate lately = new DecayingRate(MIX_HORIZON_NANOS);

    private double budgetNanos;
    private long lastArrivedAt;

    /** The batch size that its traffic calls for. */
    int target;

    /** The batch size from which on a larger one gains little. */
    int efficient;

    /** How many replicas' time it may count on. */
    double replicas = 1;

    /** How many replicas' time it can get as long as it has much to do: what others leave it, too. 0 before the first plan. */
    double room;

    /** How many replicas served it last. */
    int held;

    ClassQueue(ClassBacklog owner, MethodPlan plan, int sloClass, MethodProfile profile, Offered offered) {
        super(owner, plan, new DeadlineHeap(), offered);
        this.sloClass = sloClass;
        this.profile = profile;
        this.target = plan.maxBatchSize();
        this.efficient = plan.maxBatchSize();
    }

    /** The batch times on an ordinary replica. */
    MethodTimes times() {
        return profile.ordinary();
    }

    /** The batch times on this replica, but for its own slowdown. */
    MethodTimes timesOn(@Nullable TrackedReplica replica) {
        return replica == null ? profile.ordinary() : profile.on(replica.kind());
    }

    ProbeSlot probes() {
        return profile.probes();
    }

    boolean sameMethod(ClassQueue other) {
        return profile == other.profile;
    }

    int sloClass() {
        return sloClass;
    }

    Share share() {
        return share;
    }

    /** The usual time from arrival to deadline. */
    double budgetNanos() {
        return budgetNanos;
    }

    long lastArrivedAt() {
        return lastArrivedAt;
    }

    /** A query came for it, whatever becomes of that. */
    void seen(long now) {
        lastArrivedAt = now;
    }

    /** The same of a query that had not come before. */
    void offered(Queued query, long now) {
        seen(now);
        offered().add(query, now);
        lately.add(Math.max(1, query.rows()), now);
    }

    void arrived(Queued query, long now) {
        arrivals.add(Math.max(1, query.rows()), now);
        double budget = query.deadlineNanos() - now;
        budgetNanos += budgetNanos == 0 ? budget : BUDGET_WEIGHT * (budget - budgetNanos);
    }

    /** Whether it holds no more replicas than its share is worth; who asks for less than its part may hold what it gets. */
    boolean holdsItsShare() {
        return !share.greedy || held < replicas + 0.5;
    }

    /** What one row costs in replica time when batches have this size. */
    double costNanos(int size) {
        return times().typical(size) / size;
    }

    /** Sets batch sizes that do no harm until traffic says more, where there are none: a scheduler may begin with a queue. */
    void planFirst(double budget) {
        if (budgetNanos == 0 && times().known()) {
            budgetNanos = Math.max(1, budget);
            plan(1, 1, 0);
        }
    }

    /**
     * Sets the batch sizes.
     *
     * @param share the replicas' time that the class may count on
     * @param among how many replicas a batch is likely to find the next free one
     * @param tolerance how much less than the best throughput is good enough
     */
    void plan(double share, double among, double tolerance) {
        replicas = Math.max(1e-3, share);
        double within = budgetNanos / (1 + 1 / Math.max(1, among));
        target = Math.max(1, times().largestWithin(within, plan().maxBatchSize()));
        double enough = costNanos(target) * (1 + tolerance);
        int low = 0;
        int high = target;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (costNanos(middle) <= enough) {
                high = middle;
            } else {
                low = middle;
            }
        }
        efficient = high;
    }

    SchedulerView.QueueView view(LatencyProfile profile, long now) {
        String method = plan().name();
        return new SchedulerView.QueueView(
                method,
                (long) budgetNanos,
                size(),
                rows(),
                arrivals.perNano(now) * 1e9,
                target,
                efficient,
                replicas,
                (long) times().typical(target),
                (long) times().safe(target),
                profile.fit(method),
                share.accepted,
                share.turnedAway.view());
    }
}
