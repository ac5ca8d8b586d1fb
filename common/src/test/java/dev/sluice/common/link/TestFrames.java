package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames with payloads of a given size, which can be told to be whole. */
final class TestFrames {

    private static final long SECOND = 1_000_000_000L;

    private final ByteBufAllocator allocator;

    TestFrames(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    QueryFrame query(long exchange, int size) {
        ByteBuf data = meta(exchange);
        int metaLength = data.readableBytes();
        return new QueryFrame(
                exchange, SECOND, 0, "echo", "call", "", metaLength, data.writeBytes(payload(exchange, size)));
    }

    /** Without a meta, so that its size is that of its body. */
    QueryFrame bareQuery(long exchange, int size) {
        ByteBuf data = allocator.buffer(size).writeBytes(payload(exchange, size));
        return new QueryFrame(exchange, SECOND, 0, "echo", "call", "", 0, data);
    }

    ResultFrame result(long exchange, int size) {
        return result(exchange, Kind.ONLY, size);
    }

    ResultFrame result(long exchange, Kind kind, int size) {
        return new ResultFrame(
                exchange, kind, "application/json", allocator.buffer(size).writeBytes(payload(exchange, size)));
    }

    /** Items with the exchanges from the batch's number on. */
    BatchFrame batch(long batch, int... sizes) {
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            ByteBuf data = meta(batch + i);
            int metaLength = data.readableBytes();
            items.add(new BatchItem(batch + i, SECOND, metaLength, data.writeBytes(payload(batch + i, sizes[i]))));
        }
        return new BatchFrame(batch, false, "echo-0", "call", items);
    }

    private ByteBuf meta(long exchange) {
        ByteBuf data = allocator.buffer();
        new Meta("application/json", "id-" + exchange, "").encode(data);
        return data;
    }

    /** What the payload of an exchange is, for who wants to know whether it came whole. */
    static byte[] payload(long exchange, int size) {
        byte[] bytes = new byte[size];
        new Random(exchange * 31 + size).nextBytes(bytes);
        return bytes;
    }

    static byte[] bytes(ByteBuf from) {
        byte[] bytes = new byte[from.readableBytes()];
        from.getBytes(from.readerIndex(), bytes);
        return bytes;
    }
}
