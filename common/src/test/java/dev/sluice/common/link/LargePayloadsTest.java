package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who sends something large keeps nobody waiting: told by what is written and in which order, not by any time. */
class LargePayloadsTest {

    private static final int MIB = 1024 * 1024;
    private static final LinkSettings SETTINGS =
            new LinkSettings("", 16 * MIB, 64L * MIB, 64L * MIB, Duration.ofSeconds(3));

    private final MemoryLink link = MemoryLink.open(SETTINGS);
    private final TestFrames frames = new TestFrames(link.memory.allocator());

    @AfterEach
    void everythingIsReleased() {
        link.close();
    }

    @Test
    void putsNoMoreOnItsWayThanAWindow() {
        link.frontend.link().send(frames.query(1, 16 * MIB));
        link.frontend.run();
        assertThat(link.frontend.sentChunks()).containsEntry(1L, BulkTransfers.WINDOW_BYTES);
        link.frontend.run();
        assertThat(link.frontend.sentChunks()).containsEntry(1L, BulkTransfers.WINDOW_BYTES);
    }

    @Test
    void letsASmallQueryPassBehindAWindowAtMost() {
        link.frontend.link().send(frames.query(1, 16 * MIB));
        link.frontend.run();
        link.frontend.link().send(frames.query(2, 100));
        link.settle();
        List<Frame> sent = link.frontend.sent;
        int small = indexOf(2);
        int before = sent.subList(0, small).stream()
                .filter(Frame.Chunk.class::isInstance)
                .mapToInt(frame -> ((Frame.Chunk) frame).bytes().readableBytes())
                .sum();
        assertThat(before).isLessThanOrEqualTo(BulkTransfers.WINDOW_BYTES);
        assertThat(indexOf(1)).isGreaterThan(small);
        assertThat(exchanges()).containsExactly(2L, 1L);
    }

    @Test
    void letsSmallOnesPassAgainAndAgainBetweenTwoChunks() {
        link.frontend.link().send(frames.query(1, 16 * MIB));
        link.frontend.run();
        int passed = 0;
        for (long exchange = 10; link.router.received.stream().noneMatch(LargePayloadsTest::isTheLarge); exchange++) {
            link.frontend.link().send(frames.query(exchange, 100));
            link.frontend.run();
            link.frontend.deliverTo(link.router);
            link.router.run();
            link.router.deliverTo(link.frontend);
            passed++;
        }
        assertThat(passed).as("rounds that 16 MiB took, a window each").isBetween(30, 40);
        assertThat(exchanges()).hasSize(passed + 1).startsWith(10L, 11L, 12L);
    }

    @Test
    void keepsChunksComingHoweverManySmallOnesThereAre() {
        link.frontend.link().send(frames.query(1, BulkTransfers.WINDOW_BYTES - 1000));
        for (int i = 0; i < 10_000; i++) {
            link.frontend.link().enqueue(frames.query(10 + i, 10));
        }
        link.settle();
        assertThat(exchanges().indexOf(1L))
                .as("a chunk after 64 frames, whatever waits")
                .isBetween(64, 9 * 64);
    }

    @Test
    void letsResultsGoFirst() {
        link.frontend.link().send(frames.query(1, 4 * MIB));
        link.frontend.link().send(frames.result(2, 4 * MIB));
        link.settle();
        assertThat(link.router.received.stream().map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("ResultFrame", "QueryFrame");
    }

    @Test
    void sharesTheWayAmongLargeOnes() {
        link.router.holds = true;
        link.frontend.link().send(frames.query(1, 8 * MIB));
        link.frontend.link().send(frames.query(2, MIB));
        link.settle();
        assertThat(exchanges()).as("the one begun later is done sooner").containsExactly(2L, 1L);
        assertThat(link.router.received).allSatisfy(frame -> {
            QueryFrame query = (QueryFrame) frame;
            assertThat(TestFrames.bytes(query.body()))
                    .isEqualTo(TestFrames.payload(query.exchange(), query.bodyBytes()));
        });
    }

    @Test
    void hasOnlyAFewUnderWayHoweverManyWait() {
        int all = 4 * Turns.MOST;
        for (int i = 1; i <= all; i++) {
            link.frontend.link().send(frames.query(i, MIB));
        }
        while (link.router.received.size() < all) {
            link.frontend.run();
            assertThat(link.frontend.sentChunks().values())
                    .filteredOn(bytes -> bytes < MIB)
                    .hasSizeLessThanOrEqualTo(Turns.MOST);
            link.frontend.deliverTo(link.router);
            link.router.run();
            link.router.deliverTo(link.frontend);
        }
        assertThat(exchanges()).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void copiesNoLargePayload() {
        QueryFrame query = frames.query(1, 4 * MIB);
        long before = link.memory.used();
        link.frontend.link().send(query);
        link.frontend.run();
        assertThat(link.memory.used() - before).as("heads of chunks").isLessThan(512 * 1024);
        link.settle();
    }

    private static boolean isTheLarge(Frame frame) {
        return ((QueryFrame) frame).exchange() == 1;
    }

    private int indexOf(long exchange) {
        for (int i = 0; i < link.frontend.sent.size(); i++) {
            if (link.frontend.sent.get(i) instanceof QueryFrame query && query.exchange() == exchange) {
                return i;
            }
        }
        throw new AssertionError("not written: " + exchange);
    }

    private List<Long> exchanges() {
        return link.router.received.stream()
                .map(frame -> ((QueryFrame) frame).exchange())
                .toList();
    }
}
