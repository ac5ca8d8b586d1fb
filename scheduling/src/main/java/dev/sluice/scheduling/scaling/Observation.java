package dev.sluice.scheduling.scaling;

import dev.sluice.scheduling.MethodLoad;
import java.util.List;

/**
 * What is to be seen of one actor at one moment.
 *
 * <p>A router fills it every 250 ms or so from {@link dev.sluice.scheduling.Scheduler#loads loads} of the actor's scheduler,
 * which it asks for on the actor's shard. Where several versions of the actor are served, the methods of all of them go in, each
 * named so that it is told from the others ({@code VERSION/METHOD}), but for versions whose replicas are counted on their own.
 * Queries that were turned away before they came to the scheduler (since the router held too many bytes, say) are to be added to
 * what was offered. While the actor has no replica, the first query is worth an observation of its own, at once.
 *
 * <p>Counters that fall have begun anew, since their scheduler was replaced. A method that was not there the last time is counted
 * from 0, but for those of the first observation of all, which only say where to count from.
 *
 * @param methods what is asked of each; names must differ
 * @param ready replicas that serve
 * @param starting replicas that were begun and do not serve yet
 */
public record Observation(List<MethodLoad> methods, int ready, int starting) {

    public Observation {
        methods = List.copyOf(methods);
    }

    long replicas() {
        return Math.max(0L, ready) + Math.max(0L, starting);
    }

    boolean anyOffered() {
        return methods.stream().anyMatch(load -> load.offeredQueries() > 0);
    }

    boolean anyQueued() {
        return methods.stream().anyMatch(load -> load.queuedQueries() > 0);
    }
}
