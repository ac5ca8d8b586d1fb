package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/** What a scheduler wants done next. Effects are data: the scheduler's owner carries them out. */
public sealed interface Decision {

    /**
     * Run this batch on a free replica. Its queries are no longer queued. One that turns out not to have started may be
     * handed back with {@link Scheduler#offerAgain}.
     *
     * @param replica the one to run it, a free one of the scheduler's fleet; null where that is the owner's choice
     */
    record Dispatch(Batch batch, @Nullable TrackedReplica replica) implements Decision {
        public Dispatch(Batch batch) {
            this(batch, null);
        }
    }

    /** Answer this query with {@code why}. It is no longer queued. */
    record Shed(Queued query, Reason why) implements Decision {}

    /**
     * Nothing to do until {@code nanos}, on the scheduler's clock, unless a query arrives, one is removed or a replica
     * becomes free before that. Replaces every earlier {@code WakeAt}.
     */
    record WakeAt(long nanos) implements Decision {}

    /** Nothing is queued. */
    enum Idle implements Decision {
        IDLE
    }
}
