package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelTest {

    private static final int MIB = 1024 * 1024;
    private static final LinkSettings SETTINGS = new LinkSettings("", 4 * MIB, 5 * MIB, 5 * MIB, Duration.ofSeconds(3));

    private final MemoryLink link = MemoryLink.open(SETTINGS);
    private final TestFrames frames = new TestFrames(link.memory.allocator());

    @AfterEach
    void everythingIsReleased() {
        link.close();
    }

    @Test
    void doesNotWriteAQueryThatWasCancelledBefore() {
        QueryFrame query = frames.query(1, 100);
        link.frontend.link().enqueue(query);
        link.frontend.link().cancel(1, query);
        link.settle();
        assertThat(link.router.received).isEmpty();
        assertThat(query.data().refCnt()).isZero();
    }

    @Test
    void tellsThePeerOfAQueryThatWasWritten() {
        QueryFrame query = frames.query(1, 100);
        link.frontend.link().send(query);
        link.settle();
        link.frontend.link().cancel(1, query);
        link.settle();
        assertThat(link.router.received).last().isEqualTo(new Frame.Cancel(1));
    }

    @Test
    void leavesCancelledItemsOutOfABatch() {
        BatchFrame batch = frames.batch(10, 100, 200, 20_000, 300);
        link.router.holds = true;
        link.frontend.link().enqueue(batch);
        link.frontend.link().cancel(11, batch.items().get(1));
        link.frontend.link().cancel(12, batch.items().get(2));
        link.settle();
        BatchFrame received = (BatchFrame) link.router.received.get(0);
        assertThat(received.items()).extracting("exchange").containsExactly(10L, 13L);
        assertThat(link.frontend.sentChunks()).isEmpty();
    }

    @Test
    void stillSendsABatchOfWhichNothingIsLeftSinceItIsAnswered() {
        BatchFrame batch = frames.batch(10, 100);
        link.frontend.link().enqueue(batch);
        link.frontend.link().cancel(10, batch.items().get(0));
        link.settle();
        assertThat(((BatchFrame) link.router.received.get(0)).items()).isEmpty();
    }

    @Test
    void stopsInTheMiddleOfAPayload() {
        QueryFrame query = frames.query(1, 4 * MIB);
        link.frontend.link().send(query);
        link.frontend.run();
        link.frontend.deliverTo(link.router);
        assertThat(query.written()).isFalse();
        link.frontend.link().cancel(1, query);
        link.settle();
        assertThat(link.router.received).isEmpty();
        assertThat(link.frontend.sentChunks().get(1L)).isEqualTo(BulkTransfers.WINDOW_BYTES);
        assertThat(link.frontend.sent)
                .last()
                .isInstanceOfSatisfying(
                        Frame.Chunk.class, chunk -> assertThat(chunk.aborted()).isTrue());
        link.memory.assertAllReleased();
    }

    @Test
    void dropsOneItemOfABatchInTheMiddleOfItsPayload() {
        BatchFrame batch = frames.batch(10, MIB, 2 * MIB, 100_000);
        link.router.holds = true;
        link.frontend.link().send(batch);
        link.frontend.run();
        link.frontend.link().cancel(11, batch.items().get(1));
        link.settle();
        BatchFrame received = (BatchFrame) link.router.received.get(0);
        assertThat(received.items()).extracting("exchange").containsExactly(10L, 12L);
        assertThat(received.items())
                .allSatisfy(item -> assertThat(TestFrames.bytes(item.body()))
                        .isEqualTo(TestFrames.payload(item.exchange(), item.bodyBytes())));
    }

    @Test
    void letsNoCancelledQueryWaitForCredit() {
        link.router.holds = true;
        link.frontend.link().send(frames.query(1, 4 * MIB));
        QueryFrame waiting = frames.query(2, 2 * MIB);
        link.frontend.link().send(waiting);
        link.frontend.link().send(frames.query(3, 100));
        link.settle();
        assertThat(link.router.received).hasSize(1);
        link.frontend.link().cancel(2, waiting);
        link.settle();
        assertThat(waiting.data().refCnt()).isZero();
        assertThat(((QueryFrame) link.router.received.get(1)).exchange()).isEqualTo(3);
    }

    @Test
    void freesCancelledQueriesBehindOneThatWaitsForCredit() {
        link.router.holds = true;
        link.frontend.link().send(frames.query(1, 4 * MIB));
        link.frontend.link().send(frames.query(2, 2 * MIB));
        link.settle();
        List<QueryFrame> behind = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            behind.add(frames.query(3 + i, 1000));
            link.frontend.link().send(behind.get(i));
        }
        link.settle();
        behind.subList(0, 90).forEach(query -> link.frontend.link().cancel(query.exchange(), query));
        link.settle();
        assertThat(behind.subList(0, 90).stream().filter(query -> query.data().refCnt() > 0))
                .as("cancelled and still there")
                .isEmpty();
        link.router.releaseReceived();
        link.tick();
        link.settle();
        assertThat(link.router.received)
                .as("the head, and those that were not cancelled")
                .hasSize(11);
        assertThat(link.frontend.closed).isEmpty();
    }
}
