package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.CallPriority;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Meta;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query's meta and input in one buffer: a small input is copied, which frees the caller's receive buffer, a large one stays
 * where it is.
 */
record QueryBytes(int metaLength, ByteBuf data) {

    private static final int LARGEST_COPIED = 16 * 1024;

    /** Of headers that say where the query belongs, which are only as long as they may be. */
    private static final int MOST_TRACE_CHARACTERS = 1024;

    /** Of three bytes at most each, and the heads of the entries. */
    private static final int MOST_META_CHARACTERS = Meta.MAX_BYTES / 3 - 16 - MOST_TRACE_CHARACTERS;

    /** Whether the meta is short enough, however it is written. */
    static boolean metaFits(QueryCall query) {
        return query.mediaType().length() + query.id().length() + query.tenant().length() <= MOST_META_CHARACTERS;
    }

    /** Whether the query's body is held as it came, and not copied. */
    static boolean keepsBody(QueryCall query) {
        return query.body().readableBytes() > LARGEST_COPIED;
    }

    /**
     * Takes the query's body over.
     *
     * @param trace that it belongs to from here on
     * @param tellsTaken whether it will be said what was taken of its stream
     */
    static QueryBytes of(QueryCall query, TraceContext trace, boolean tellsTaken) {
        Map<String, String> headers = new LinkedHashMap<>(CallPriority.headers(query.priority()));
        if (tellsTaken) {
            headers.put(Meta.TELLS_TAKEN, "");
        }
        trace.putInto(headers);
        Meta meta = new Meta(query.mediaType(), query.id(), query.tenant(), headers);
        ByteBuf body = query.body();
        boolean kept = keepsBody(query);
        int size = body.readableBytes();
        ByteBuf head = PooledByteBufAllocator.DEFAULT.directBuffer(meta.maxBytes() + (kept ? 0 : size));
        meta.encode(head);
        int metaLength = head.readableBytes();
        if (!kept) {
            head.writeBytes(body, body.readerIndex(), size);
            body.release();
            return new QueryBytes(metaLength, head);
        }
        return new QueryBytes(
                metaLength,
                PooledByteBufAllocator.DEFAULT
                        .compositeDirectBuffer(2)
                        .addComponent(true, head)
                        .addComponent(true, body));
    }
}
