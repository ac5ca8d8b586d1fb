package dev.sluice.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queues the queries of one version of an actor and decides which of them run next, together. Every query that it
 * accepts leaves exactly once: in a {@link Decision.Dispatch}, as a {@link Decision.Shed}, or through {@link #remove}.
 *
 * <p>Not thread-safe: one writer. {@code now} is in nanoseconds of one monotonic clock and must not run backwards from
 * call to call.
 */
public interface Scheduler {

    /**
     * Queues a query, or says why not.
     *
     * @return null if the query was accepted
     * @throws IllegalArgumentException if this scheduler does not {@linkplain #serves serve} the query's method
     * @throws IllegalStateException if the query is queued already
     */
    @Nullable Refusal offer(Queued query, long now);

    /**
     * Takes back a query that was dispatched and never started: its replica was busy, or its host was lost. It was
     * accepted once, so no limit turns it away, and it keeps its place in the order. Until it leaves, it counts towards
     * the limits, which may therefore be exceeded by what came back. If its deadline is reached by now, the next
     * {@link #poll} sheds it.
     *
     * <p>A query that another scheduler accepted (one that this one replaces) may be handed over in the same way.
     *
     * @throws IllegalArgumentException if this scheduler does not {@linkplain #serves serve} the query's method
     * @throws IllegalStateException if the query is queued already
     */
    void offerAgain(Queued query, long now);

    /**
     * Takes out a query whose caller went away, in O(log n).
     *
     * @return false if this scheduler does not hold the query: it was dispatched, shed or removed before
     */
    boolean remove(Queued query);

    /**
     * The next decision. To be called, with what is left of the free replicas, until it answers {@link Decision.WakeAt}
     * or {@link Decision.Idle}; and again at that time, after an arrival, and when a replica becomes free.
     *
     * @param freeReplicas batches that could be sent at this moment; with 0 nothing is dispatched, but what expires is
     *     still shed on time
     */
    Decision poll(long now, int freeReplicas);

    /** Some query that is queued, for who wants to {@link #remove} them all; null when there is none. */
    @Nullable Queued peek();

    /** Whether queries of this method can be queued. An actor may lose a method when a host announces it anew. */
    boolean serves(String method);

    /** The queries queued, over all methods. */
    int size();

    /** The bytes that the queued queries retain together. */
    long retainedBytes();

    /** The queries queued for one method; 0 for a method that the actor does not have. */
    int size(String method);

    /**
     * In what time the replicas are likely to have worked off what is queued now, in nanoseconds: when it is worth trying
     * again. 0 where this scheduler cannot tell.
     */
    default long drainNanos() {
        return 0;
    }

    /**
     * What is asked of each method, and what a row of it costs. Cheap enough to be asked several times a second.
     *
     * @param profile what is known of batch times: that of the replicas that this scheduler schedules
     */
    default List<MethodLoad> loads(LatencyProfile profile, long now) {
        return List.of();
    }

    /** What this scheduler has learnt and done. */
    default SchedulerView view(long now) {
        return SchedulerView.EMPTY;
    }
}
