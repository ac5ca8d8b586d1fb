package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One query, from whoever originates it to a router. The exchange is the sender's number for it on this link; its
 * outcome comes back under it. The budget is what was left of the SLO, in nanoseconds, when the frame was written.
 */
public final class QueryFrame extends Cargo implements Frame {

    private final long exchange;
    private final String actor;
    private final String method;
    private final String version;
    private final int priority;
    private final long budgetNanos;

    /** @param version empty for whatever version traffic is routed to */
    public QueryFrame(
            long exchange,
            long budgetNanos,
            int priority,
            String actor,
            String method,
            String version,
            int metaLength,
            ByteBuf data) {
        this(exchange, budgetNanos, priority, actor, method, version, metaLength, data.readableBytes(), 0, data);
    }

    QueryFrame(
            long exchange,
            long budgetNanos,
            int priority,
            String actor,
            String method,
            String version,
            int metaLength,
            int size,
            long ref,
            @Nullable ByteBuf data) {
        super(metaLength, size, ref, data);
        this.exchange = exchange;
        this.budgetNanos = budgetNanos;
        this.priority = priority;
        this.actor = actor;
        this.method = method;
        this.version = version;
    }

    public long exchange() {
        return exchange;
    }

    public long budgetNanos() {
        return budgetNanos;
    }

    /** 1 highest, 255 lowest, 0 unset. */
    public int priority() {
        return priority;
    }

    public String actor() {
        return actor;
    }

    public String method() {
        return method;
    }

    public String version() {
        return version;
    }
}
