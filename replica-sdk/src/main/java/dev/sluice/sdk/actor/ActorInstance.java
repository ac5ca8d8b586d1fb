package dev.sluice.sdk.actor;

import java.util.List;
import reactor.core.Disposable;

/**
 * One replica's instance of user code. One batch at a time: nothing is called while an earlier batch has open queries, but of methods that
 * {@link #lends}.
 */
public interface ActorInstance extends AutoCloseable {

    /**
     * Runs one batch. Called on the replica's own thread, which may be interrupted when all queries of the batch are
     * gone; open queries then end as {@code CANCELLED}, and the caller clears the interrupt. Never throws: whatever goes wrong is told to the sink, for each query once. Returns when blocking code has
     * returned; asynchronous results may come later, then disposing the handle gives them up.
     */
    Disposable run(String method, List<Input> inputs, BatchSink sink);

    /**
     * Whether the instance takes other batches while results of this method are still to come, since they wait for what was asked of other
     * actors: it could be asked itself before they come.
     */
    default boolean lends(String method) {
        return false;
    }

    /**
     * Returns if it can serve. Called on the replica's own thread, between two batches.
     *
     * @throws Exception with the reason, where it cannot
     */
    default void check() throws Exception {}

    /** Ends what is still open as {@code CANCELLED}, and releases what the actor holds. Never throws. */
    @Override
    void close();
}
