package dev.sluice.sdk.actor;

import dev.sluice.common.error.Failure;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;

/**
 * Where the results of one batch go. For each query of the batch exactly one of {@link #result}, {@link #complete} and
 * {@link #fail} is called, on any thread, before or after {@link ActorInstance#run} returned. Buffers change owner with
 * the call.
 */
public interface BatchSink {

    /** The only result of a query. */
    void result(int index, ByteBuf body, String mediaType);

    /**
     * A streaming query begins. Items come as far as they are requested here, so a sink that can take only some at a time
     * asks for so many and for more when those have left. Cancelling gives up this query alone, which then fails as {@code
     * CANCELLED}. Both may be called on any thread, also later; a request is carried out on a thread of the replica, never
     * on the caller's, unless it is made within this call.
     */
    default void streaming(int index, Subscription stream) {
        stream.request(Long.MAX_VALUE);
    }

    /** One of several results of a streaming query; followed by {@link #complete} or {@link #fail} in the end. */
    void item(int index, ByteBuf body, String mediaType);

    /** A streaming query has no more results. */
    void complete(int index);

    void fail(int index, Failure failure);
}
