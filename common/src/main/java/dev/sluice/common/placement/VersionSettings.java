package dev.sluice.common.placement;

import dev.sluice.common.actor.ActorScheduling;
import java.util.Optional;

/**
 * Settings of one version of an actor. What is empty is as its type says.
 *
 * @param sloMillis of queries that name none
 * @param scheduler one of {@link dev.sluice.common.actor.SchedulerNames}
 * @param maxBatchSize queries that a batch may hold, for all batched methods
 * @param maxWaitMillis how long {@code fifo} waits for a batch to fill, for all batched methods
 * @param idempotent whether a query may be run again when it is not known if it ran
 * @param scheduling what is asked of {@code deadline}
 */
public record VersionSettings(
        Optional<Long> sloMillis,
        Optional<String> scheduler,
        Optional<Integer> maxBatchSize,
        Optional<Long> maxWaitMillis,
        Optional<Boolean> idempotent,
        Optional<ActorScheduling> scheduling) {

    /** All as the type says. */
    public static final VersionSettings UNSET = new VersionSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
