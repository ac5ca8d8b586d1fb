package dev.sluice.scheduling;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler has learnt and done, for people to look at.
 *
 * @param profiles how long batches take, one per method and kind of host
 * @param queues one per method and SLO class
 * @param tenants the shares of tenants and priorities; empty where nothing is shared
 * @param replicas how each is doing
 * @param turnedAway queries refused or shed, by cause, since the scheduler began
 * @param hedges batches that were run once more, since the fleet began
 * @param drainNanos in what time the replicas are likely to have worked off what waits now: when it is worth trying again
 */
public record SchedulerView(
        List<ProfileView> profiles,
        List<QueueView> queues,
        List<TenantView> tenants,
        List<ReplicaView> replicas,
        Map<Reason, Long> turnedAway,
        long hedges,
        long drainNanos) {

    /**
     * @param method of the actor
     * @param kind of host; empty where kinds are not told apart
     * @param fit the line through the medians
     * @param sizes what was measured, by size
     */
    public record ProfileView(String method, String kind, LatencyProfile.Fit fit, List<SizeView> sizes) {}

    /**
     * Batches of about one size.
     *
     * @param rows the largest batch that counts as this size
     * @param measured the batches that the rest is taken from
     * @param medianNanos of a batch of that many rows
     * @param p99Nanos the 99th percentile of those measured
     * @param safeNanos what is promised: the 99th percentile, with caution where little was measured
     */
    public record SizeView(int rows, int measured, long medianNanos, long p99Nanos, long safeNanos) {}

    /**
     * @param method of the actor
     * @param sloNanos the usual time from arrival to deadline in this class
     * @param size the queries that wait
     * @param rows of those queries
     * @param perSecond the rows that arrive, lately
     * @param targetBatch the batch size that the traffic calls for, in rows
     * @param efficientBatch the size from which on a larger one gains little
     * @param replicas how many replicas' time the class may count on
     * @param typicalNanos of a batch of the target size
     * @param safeNanos of a batch of the target size
     * @param fit the line through the batch times; null while nothing is known
     * @param accepted queries
     * @param turnedAway queries refused or shed, by cause
     */
    public record QueueView(
            String method,
            long sloNanos,
            int size,
            int rows,
            double perSecond,
            int targetBatch,
            int efficientBatch,
            double replicas,
            long typicalNanos,
            long safeNanos,
            LatencyProfile.@Nullable Fit fit,
            long accepted,
            Map<Reason, Long> turnedAway) {}

    /**
     * @param tenant who asks; empty where nobody is named
     * @param priority 1 is the highest
     * @param demand the replicas that its queries would keep busy
     * @param allowed the replicas that it may keep busy
     * @param greedy whether it asks for more than its part
     * @param accepted queries
     * @param turnedAway queries refused or shed, by cause
     */
    public record TenantView(
            String tenant,
            int priority,
            double demand,
            double allowed,
            boolean greedy,
            long accepted,
            Map<Reason, Long> turnedAway) {}

    /**
     * @param replica as its owner calls it
     * @param kind of its host; empty where kinds are not told apart
     * @param running batches, with one that is staged
     * @param slowdown how many times longer a batch takes here than on others of its kind; 1 where there is no notable difference
     * @param pace how many times longer than on an ordinary replica of any kind
     * @param failureShare the recent part of its batches that failed, 0 to 1
     * @param penalty how many times worse than it is this one counts when replicas are chosen, since it fails
     * @param shunned whether it is left alone for now, since it fails more often than the others
     */
    public record ReplicaView(
            String replica,
            String kind,
            int running,
            double slowdown,
            double pace,
            double failureShare,
            double penalty,
            boolean shunned) {}

    /** Queries turned away for this cause. */
    public long turnedAway(Reason why) {
        return turnedAway.getOrDefault(why, 0L);
    }

    /** Of a scheduler that learns nothing. */
    public static final SchedulerView EMPTY =
            new SchedulerView(List.of(), List.of(), List.of(), List.of(), Map.of(), 0, 0);
}
