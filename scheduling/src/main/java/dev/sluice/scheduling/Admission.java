package dev.sluice.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges on arrival whether a query is queued: whether its tenant and its SLO class have room in their shares, and whether
 * it can be answered in time. It can where the predicted start of its batch, and the safe time of a batch as large as that
 * one is likely to be, come before its deadline. So most of what has to be refused is refused within microseconds.
 */
final class Admission {

    private static final long PLAN_EVERY_NANOS = 2_000_000;
    private static final int PLAN_EVERY_ARRIVALS = 256;

    /** After which time without one a plan is made though nobody asks. */
    static final long STALE_NANOS = 20_000_000;

    /** Tenants and SLO classes that have not been seen for so long are forgotten. */
    private static final long FORGET_NANOS = 10_000_000_000L;

    /** How much less than the best throughput is good enough while there is no more to do than can be done. */
    private static final double TOLERANCE = 0.02;

    /** The part of its time that a query may well wait. */
    private static final double PATIENCE = 0.125;

    /** Whoever has not asked for so long is kept waiting by nobody. */
    private static final long RECENT_NANOS = 200_000_000;

    private final ClassBacklog backlog;
    private final Fleet fleet;
    private final FairShares classes;
    private final FairShares tenants =
            new FairShares(new FairShares.Tuning(0.003, 0, 0.8, 1.05, 1 / 256.0, 0.002, 0.15));
    private final TenantShares tenantShares;
    private boolean begun;
    private long forgotAt;
    private int arrivals;
    private long plannedAt;
    private boolean planned;
    private double load;

    /** SLO classes share the replicas' time as if each were a tenant. */
    static FairShares classShares() {
        return new FairShares(new FairShares.Tuning(0.09, 0.35, 0.9, 1.14, 1 / 1024.0, 0.001, 1));
    }

    Admission(ClassBacklog backlog, FairShares classes, Fleet fleet, DeadlineSettings settings) {
        this.backlog = backlog;
        this.classes = classes;
        this.fleet = fleet;
        this.tenantShares = new TenantShares(settings, tenants);
    }

    /** Whether there is more to do than can be done, or nearly so, and several classes want it done. */
    boolean contested(long now) {
        // Who asks makes a plan. Where nobody asks any more, the last one is out of date.
        if (classes.contested() && now - plannedAt > STALE_NANOS) {
            plan(now);
        }
        return classes.contested();
    }

    List<SchedulerView.TenantView> tenantViews(long now) {
        return tenantShares.views(now);
    }

    /** The share of the tenant and the priority of this query, which has just arrived. */
    Share tenant(Queued query, long now) {
        if (!begun) {
            begun = true;
            forgotAt = now;
        } else if (now - forgotAt > FORGET_NANOS) {
            forgotAt = now;
            tenantShares.forget(FORGET_NANOS, now);
            backlog.forget(FORGET_NANOS, now);
        }
        Share share = tenantShares.of(query);
        share.lastAskedAt = now;
        return share;
    }

    @Nullable Refusal judge(ClassQueue queue, Queued query, Share tenant, long now) {
        queue.arrived(query, now);
        MethodTimes times = queue.times();
        if (!times.known()) {
            tenant.accepted++;
            queue.share().accepted++;
            return null;
        }
        int rows = Math.max(1, query.rows());
        double cost = rows * queue.costNanos(queue.target);
        tenant.ask(cost, now);
        if (fleet.size() == 0) {
            // What is asked for counts all the same: it is what there is to divide once there is a replica again.
            queue.share().ask(cost, now);
            tenant.accepted++;
            queue.share().accepted++;
            return null;
        }
        if (!planned || queue.room == 0 || ++arrivals >= PLAN_EVERY_ARRIVALS || now - plannedAt > PLAN_EVERY_NANOS) {
            plan(now);
        }
        if (!admits(tenants, tenant, query, cost, now)) {
            tenants.refused(tenant);
            return Refusal.OVER_SHARE;
        }
        queue.share().ask(cost, now);
        Refusal refusal = null;
        if (!meetable(queue, query, rows, now)) {
            query.probe = queue.probes().take(times, rows, query.deadlineNanos() - now, fleet.idleCount() > 0, now);
            refusal = query.probe ? null : Refusal.UNMEETABLE;
        } else if (!admits(classes, queue.share(), query, cost, now)) {
            refusal = Refusal.OVER_SHARE;
        }
        if (refusal == null) {
            tenants.accepted(tenant, cost);
            classes.accepted(queue.share(), cost);
        } else {
            tenants.refused(tenant);
            classes.refused(queue.share());
        }
        return refusal;
    }

    private boolean admits(FairShares shares, Share share, Queued query, double cost, long now) {
        return shares.admits(share, now)
                || shares.admitsInDebt(
                        share,
                        leeway(cost, shares == classes ? query.deadlineNanos() - now : hastiest(query, now), now));
    }

    /**
     * How much replica time somebody may use in advance of its share: as much as keeps the hastiest of those who ask waiting for
     * a small part of their time, less what waits already. So a few queries at once, or after a heavy one, are not refused.
     *
     * @param cost of this query, in replica time
     */
    private double leeway(double cost, double hastiest, long now) {
        double work = 0;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (queue.rows() > 0 && queue.times().known()) {
                work += queue.rows() * queue.costNanos(queue.target);
            }
        }
        double speed = Math.max(1e-9, fleet.speed());
        double bearable = PATIENCE * hastiest * speed;
        if (fleet.idleCount() > 0 && backlog.size() == 0) {
            return Math.max(cost, bearable);
        }
        long starts = fleet.freeAt(0, 0, now) - now;
        return Math.max(0, bearable - work - starts * speed);
    }

    private double hastiest(Queued query, long now) {
        double hastiest = query.deadlineNanos() - now;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (queue.rows() > 0 || now - queue.lastArrivedAt() < RECENT_NANOS) {
                hastiest = Math.min(hastiest, queue.budgetNanos());
            }
        }
        return hastiest;
    }

    private boolean meetable(ClassQueue queue, Queued query, int rows, long now) {
        MethodTimes times = queue.times();
        int ahead = queue.rows();
        int rank = 0;
        Queued head = queue.head();
        if (head != null) {
            long first = fleet.freeAt(0, 0, now);
            int fits = times.largestWithin(
                    head.deadlineNanos() - first, queue.plan().maxBatchSize());
            if (ahead >= fits) {
                rank = 1 + (ahead - fits) / Math.max(1, Math.min(queue.efficient, fits));
            }
        }
        int slot = (int) (rank * Math.max(1, fleet.speed() / queue.room));
        long starts = fleet.freeAt(slot, times.typical(queue.efficient), now);
        double expected = rows + queue.arrivals.perNano() * (starts - now);
        // A size that was never tried is only guessed: what may come of it is no reason to refuse anybody.
        int tried = Math.min(queue.efficient, times.largestSeen());
        int size = (int) Math.min(tried, expected + (rank == 0 ? ahead : 0));
        return starts - now + times.safe(Math.max(rows, size)) <= query.deadlineNanos() - now;
    }

    private void plan(long now) {
        planned = true;
        plannedAt = now;
        arrivals = 0;
        double speed = Math.max(1e-9, fleet.speed());
        tenants.divide(speed, now);
        load = classes.divide(speed, now);
        double tolerance = TOLERANCE * Math.max(0, Math.min(1, 2 - load));
        double crowd = Math.max(0, Math.min(1, load - 1));
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            Share share = queue.share();
            if (queue.times().known() && share.demand > 0) {
                double replicas = classes.contested() ? share.allowed : share.demand / Math.max(1e-9, load);
                queue.plan(replicas, replicas + (speed - replicas) * crowd, tolerance);
            }
            // While several want more than there is, nobody leaves anything to others.
            queue.room =
                    classes.contested() ? queue.replicas : Math.max(queue.replicas, share.demand + speed * (1 - load));
        }
    }
}
