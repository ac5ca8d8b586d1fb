package dev.sluice.scheduling;

/** What a scheduler wants done next. Effects are data: the scheduler's owner carries them out. */
public sealed interface Decision {

    /**
     * Run this batch on a free replica, the one it names if it does. Its queries are no longer queued. One that turns out not to have started may be
     * handed back with {@link Scheduler#offerAgain}.
     */
    record Dispatch(Batch batch) implements Decision {}

    /**
     * Run the queries of the batch that {@code late} works on once more, on {@code spare}, which has nothing to do: those that
     * still wait for their answer. Each is answered by whichever batch ends first; the other is then cancelled. The fleet is
     * told of the second batch by {@link Fleet#hedged}, and of the ends of both as of any batch ({@link Fleet#ended} for the
     * winner, {@link Fleet#cutShort} or {@link Fleet#ended} for the loser). Uses up one of the free replicas.
     */
    record Hedge(TrackedReplica late, TrackedReplica spare) implements Decision {}

    /** Answer this query with {@code why}. It is no longer queued. */
    record Shed(Queued query, Reason why) implements Decision {}

    /**
     * Nothing to do until {@code nanos}, on the scheduler's clock, unless a query arrives, one is removed or a replica
     * becomes free before that. Replaces every earlier {@code WakeAt}.
     */
    record WakeAt(long nanos) implements Decision {}

    /** Nothing is queued, nor is any batch watched that runs. */
    enum Idle implements Decision {
        IDLE
    }
}
