package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** A link that is asked by another thread than its own whether it is empty: who stops closes it where it is. */
@Timeout(600)
class OutboxEmptyTest {

    private static final int ROUNDS = 20_000;
    private static final int LARGE = 2 * BulkTransfers.WINDOW_BYTES;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final ByteBuf large =
            PooledByteBufAllocator.DEFAULT.directBuffer(LARGE).writeZero(LARGE);

    @AfterEach
    void end() throws InterruptedException {
        // Other tests count the bytes of the allocator that both use.
        loop.shutdown();
        assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        large.release();
    }

    @Test
    void isNotEmptyWhileALargeFrameIsBetweenItsLaneAndTheConnection() {
        for (int round = 0; round < ROUNDS; round++) {
            Outbox outbox = new Outbox(loop, PooledByteBufAllocator.DEFAULT, new Returns());
            AtomicLong gone = new AtomicLong();
            Flux.from(outbox).subscribe(bytes -> {
                gone.addAndGet(bytes.readableBytes());
                bytes.release();
            });
            outbox.grant(0, Long.MAX_VALUE);
            outbox.offer(
                    new ResultFrame(1, ResultFrame.Kind.ONLY, "application/octet-stream", large.retainedDuplicate()));
            // Without an acknowledgement no more than this leaves.
            while (gone.get() < BulkTransfers.WINDOW_BYTES) {
                assertThat(outbox.isEmpty()).as("in round %s", round).isFalse();
                // Where there is one processor the loop needs it too.
                Thread.yield();
            }
            outbox.close();
        }
    }
}
