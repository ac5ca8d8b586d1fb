package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Frames as they are under load: small payloads, names that come again and again. Beside {@link OutboxBenchmark}, which shares it. */
public final class SampleFrames {

    public static final int BATCH_SIZE = 16;

    private static final String ACTOR = "noop";
    private static final String METHOD = "call";
    private static final String REPLICA = "noop-0";
    private static final String MEDIA_TYPE = "application/json";
    private static final long EXCHANGE = 4_711;
    private static final long BUDGET_NANOS = 30_000_000_000L;
    private static final Meta META = new Meta(MEDIA_TYPE, "3c1f8e0a5d2b7946000004d2", "");

    private SampleFrames() {}

    /** Meta and the body of a small query; the caller's own. */
    public static ByteBuf queryData() {
        ByteBuf data = ByteBufAllocator.DEFAULT.directBuffer();
        META.encode(data);
        return data.writeBytes("[0.25,0.5,0.75,1.0]".getBytes(StandardCharsets.US_ASCII));
    }

    public static int metaLength() {
        ByteBuf data = ByteBufAllocator.DEFAULT.directBuffer();
        META.encode(data);
        int length = data.readableBytes();
        data.release();
        return length;
    }

    /** The body of a small result; the caller's own. */
    public static ByteBuf resultData() {
        return ByteBufAllocator.DEFAULT.directBuffer().writeBytes("3.5".getBytes(StandardCharsets.US_ASCII));
    }

    public static QueryFrame query(int metaLength, ByteBuf data) {
        return new QueryFrame(EXCHANGE, BUDGET_NANOS, 0, ACTOR, METHOD, "", metaLength, data);
    }

    public static ResultFrame result(ByteBuf data) {
        return new ResultFrame(EXCHANGE, ResultFrame.Kind.ONLY, MEDIA_TYPE, data);
    }

    /** @param data what each item holds, as its own */
    public static BatchFrame batch(int metaLength, Supplier<ByteBuf> data) {
        List<BatchItem> items = new ArrayList<>(BATCH_SIZE);
        for (int i = 0; i < BATCH_SIZE; i++) {
            items.add(new BatchItem(EXCHANGE + i, BUDGET_NANOS, metaLength, data.get()));
        }
        return new BatchFrame(EXCHANGE, false, REPLICA, METHOD, items);
    }
}
