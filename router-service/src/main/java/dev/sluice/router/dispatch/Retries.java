package dev.sluice.router.dispatch;

import dev.sluice.common.metrics.Retry;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.RetryBudget;
import dev.sluice.scheduling.TrackedReplica;

/**
 * Which of an actor's queries are run once more. What a lost host gives back is, and is not charged. What a replica failed is
 * only where it fails more often than another one, so that it is likely to be its fault and not the query's, and only for a
 * tenth of the traffic. Shard only.
 */
final class Retries {

    private static final double SHARE = 0.1;

    /** From this share of failed batches on, a replica is worth suspecting: one of the last few has failed. */
    private static final double SUSPECT = 0.1;

    private final RetryBudget budget = new RetryBudget(SHARE);
    private final Fleet fleet;
    private final DispatchMetrics metrics;

    Retries(Fleet fleet, DispatchMetrics metrics) {
        this.fleet = fleet;
        this.metrics = metrics;
    }

    /** A query was sent for the first time. */
    void earn() {
        budget.earn();
    }

    /** The retries that are saved up. */
    double saved() {
        return budget.saved();
    }

    /** A lost host gave the query back. */
    void gaveBack(String method) {
        metrics.retried(method, Retry.LOST_PEER);
    }

    /** Whether a query that may run twice, and that this replica failed, is run once more. */
    boolean afterFailure(TrackedReplica failing, String method) {
        if (!isWorseThanAnother(failing)) {
            return false;
        }
        boolean may = budget.spend();
        metrics.retried(method, may ? Retry.CHARGED : Retry.REFUSED);
        return may;
    }

    private boolean isWorseThanAnother(TrackedReplica failing) {
        double share = failing.failureShare();
        if (share < SUSPECT) {
            return false;
        }
        for (TrackedReplica other : fleet.members()) {
            if (other != failing && !other.isShunned() && other.failureShare() < share / 2) {
                return true;
            }
        }
        return false;
    }
}
