package dev.sluice.scheduling;

/** What a scheduler wants done next. Effects are data: the scheduler's owner carries them out. */
public sealed interface Decision {

    /**
     * Run this batch on a free replica, the one it names if it does. Its queries are no longer queued. One that turns out not to have started may be
     * handed back with {@link Scheduler#offerAgain}.
     */
    record Dispatch(Batch batch) implements Decision {}

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
