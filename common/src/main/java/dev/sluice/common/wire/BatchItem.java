package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One query in a {@link BatchFrame}. The exchange is the router's number for it on the link to the host. */
public final class BatchItem extends Cargo {

    private final long exchange;
    private final long budgetNanos;

    public BatchItem(long exchange, long budgetNanos, int metaLength, ByteBuf data) {
        this(exchange, budgetNanos, metaLength, data.readableBytes(), 0, data);
    }

    BatchItem(long exchange, long budgetNanos, int metaLength, int size, long ref, @Nullable ByteBuf data) {
        super(metaLength, size, ref, data);
        this.exchange = exchange;
        this.budgetNanos = budgetNanos;
    }

    public long exchange() {
        return exchange;
    }

    public long budgetNanos() {
        return budgetNanos;
    }
}
