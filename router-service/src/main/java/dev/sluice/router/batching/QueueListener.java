package dev.sluice.router.batching;

import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.Reason;

/** Told by the batcher, on its shard, what became of a query that is in no batch. */
public interface QueueListener<Q extends Queued> {

    /** The query was refused or taken out by the scheduler. */
    void shed(Q query, Reason why);

    /** A batch that is late is to be sent to a spare replica as well, as {@link Decision.Hedge} says; one of the demand goes for that. */
    default void hedge(Decision.Hedge hedge) {}

    /**
     * How many batches there is room for now. What was asked for cannot be taken back, but a replica may have gone since: were its batch made
     * all the same, its queries would come back to a queue that had given their places away.
     */
    default int room() {
        return Integer.MAX_VALUE;
    }

    /** The query could not leave in the round in which it came, or came back, and stays for now. */
    void waiting(Q query);

    /** The query was taken out on request, see {@link MicroBatcher#remove} and {@link MicroBatcher#clear}. */
    void removed(Q query);
}
