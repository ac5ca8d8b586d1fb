package dev.sluice.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler has learnt and done, for people to look at.
 *
 * @param queues one per method and SLO class
 * @param tenants the shares of tenants and priorities; empty where nothing is shared
 * @param expired queries turned away because their deadline had passed
 * @param overloaded queries turned away because the queue was full or their share used up
 * @param unmeetable queries turned away because they would have been late
 * @param drainNanos in what time the replicas are likely to have worked off what waits now: when it is worth trying again
 */
public record SchedulerView(
        List<QueueView> queues,
        List<TenantView> tenants,
        long expired,
        long overloaded,
        long unmeetable,
        long drainNanos) {

    /**
     * @param method of the actor
     * @param sloNanos the usual time from arrival to deadline in this class
     * @param size the queries that wait
     * @param perSecond the queries that arrive, lately
     * @param targetBatch the batch size that the traffic calls for
     * @param efficientBatch the size from which on a larger one gains little
     * @param replicas how many replicas' time the class may count on
     * @param typicalNanos of a batch of the target size
     * @param safeNanos of a batch of the target size
     * @param fit the line through the batch times; null while nothing is known
     * @param accepted queries
     * @param refused queries that arrived while something was known, and were refused
     */
    public record QueueView(
            String method,
            long sloNanos,
            int size,
            double perSecond,
            int targetBatch,
            int efficientBatch,
            double replicas,
            long typicalNanos,
            long safeNanos,
            LatencyProfile.@Nullable Fit fit,
            long accepted,
            long refused) {}

    /**
     * @param tenant who asks; empty where nobody is named
     * @param priority 1 is the highest
     * @param demand the replicas that its queries would keep busy
     * @param allowed the replicas that it may keep busy
     * @param greedy whether it asks for more than its part
     * @param accepted queries
     * @param refused queries
     */
    public record TenantView(
            String tenant, int priority, double demand, double allowed, boolean greedy, long accepted, long refused) {}

    /** Of a scheduler that learns nothing. */
    static final SchedulerView EMPTY = new SchedulerView(List.of(), List.of(), 0, 0, 0, 0);
}
