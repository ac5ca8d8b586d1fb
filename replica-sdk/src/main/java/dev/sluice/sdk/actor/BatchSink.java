package dev.sluice.sdk.actor;

import dev.sluice.common.error.Failure;
import io.netty.buffer.ByteBuf;

/**
 * Where the results of one batch go. For each query of the batch exactly one of {@link #result}, {@link #complete} and
 * {@link #fail} is called, on any thread, before or after {@link ActorInstance#run} returned. Buffers change owner with
 * the call.
 */
public interface BatchSink {

    /** The only result of a query. */
    void result(int index, ByteBuf body, String mediaType);

    /** One of several results of a streaming query; followed by {@link #complete} or {@link #fail} in the end. */
    void item(int index, ByteBuf body, String mediaType);

    /** A streaming query has no more results. */
    void complete(int index);

    void fail(int index, Failure failure);
}
