package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Meta;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes batches as they come from a link, and sees to it that all they hold is given back. Thread-safe. */
final class Batches {

    static final long BUDGET = TimeUnit.MINUTES.toNanos(10);

    private final List<ByteBuf> inputs = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong creditTaken = new AtomicLong();
    private final AtomicLong creditReturned = new AtomicLong();

    /** The items' exchanges are 100 times the batch's number, and up from there. */
    BatchFrame of(long number, String replica, String... inputs) {
        return of(number, false, replica, inputs);
    }

    BatchFrame staged(long number, String replica, String... inputs) {
        return of(number, true, replica, inputs);
    }

    private BatchFrame of(long number, boolean staged, String replica, String... inputs) {
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            items.add(item(number * 100 + i, BUDGET, inputs[i]));
        }
        return new BatchFrame(number, staged, replica, "call", items);
    }

    BatchItem item(long exchange, long budgetNanos, String input) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        new Meta("text/plain", "id-" + exchange, "").encode(data);
        int metaLength = data.readableBytes();
        data.writeCharSequence(input, StandardCharsets.UTF_8);
        return tracked(new BatchItem(exchange, budgetNanos, metaLength, data));
    }

    /** One whose meta says that it goes on beyond its end. */
    BatchItem damaged(long exchange) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(new byte[] {1, 0x7F, 0x7F, 0, 0});
        return tracked(new BatchItem(exchange, BUDGET, 4, data));
    }

    private BatchItem tracked(BatchItem item) {
        inputs.add(item.data());
        creditTaken.addAndGet(item.weight());
        item.creditReturn(creditReturned::addAndGet);
        return item;
    }

    /** What routers have not got back. */
    long creditHeld() {
        return creditTaken.get() - creditReturned.get();
    }

    void assertReleased() {
        assertThat(creditReturned.get()).as("credit returned").isEqualTo(creditTaken.get());
        assertThat(inputs).allMatch(input -> input.refCnt() == 0, "released");
    }
}
