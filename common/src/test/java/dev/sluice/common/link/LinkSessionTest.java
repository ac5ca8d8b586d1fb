package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.testing.LogCapture;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkSessionTest {

    private static final int MIB = 1024 * 1024;
    private static final LinkSettings SETTINGS = new LinkSettings("", MIB, 2 * MIB, 2 * MIB, Duration.ofSeconds(3));

    private final MemoryLink link = MemoryLink.open(SETTINGS);
    private final TestFrames frames = new TestFrames(link.memory.allocator());

    private final LogCapture log = LogCapture.of(LinkSession.class);

    @AfterEach
    void everythingIsReleased() {
        log.close();
        link.close();
    }

    @Test
    void opensBothEnds() {
        assertThat(link.frontend.link().isOpen()).isTrue();
        assertThat(link.frontend.link().peer().nodeId()).isEqualTo("router-0");
        assertThat(link.router.link().peer().nodeId()).isEqualTo("frontend-0");
    }

    @Test
    void handsOnPayloadsOfEverySizeWhole() {
        link.router.holds = true;
        int[] sizes = {0, 1, 8 * 1024 - 100, 8 * 1024, 64 * 1024, 64 * 1024 + 1, 400_000};
        for (int i = 0; i < sizes.length; i++) {
            link.frontend.link().send(frames.query(i, sizes[i]));
        }
        link.settle();
        assertThat(link.router.received).hasSameSizeAs(List.of(0, 1, 2, 3, 4, 5, 6));
        for (Frame frame : link.router.received) {
            QueryFrame query = (QueryFrame) frame;
            int size = sizes[(int) query.exchange()];
            assertThat(query.meta().id()).isEqualTo("id-" + query.exchange());
            assertThat(TestFrames.bytes(query.body())).isEqualTo(TestFrames.payload(query.exchange(), size));
        }
    }

    @Test
    void handsOnBatchesWhoseItemsComeInChunksAndNot() {
        link.router.holds = true;
        link.frontend.link().send(frames.batch(10, 5, 100_000, 0, 9_000, 64 * 1024));
        link.settle();
        BatchFrame batch = (BatchFrame) link.router.received.get(0);
        assertThat(batch.items()).hasSize(5).allSatisfy(item -> {
            assertThat(item.meta().id()).isEqualTo("id-" + item.exchange());
            assertThat(TestFrames.bytes(item.body())).isEqualTo(TestFrames.payload(item.exchange(), item.bodyBytes()));
        });
    }

    @Test
    void writesTogetherWhatWaitsTogether() {
        for (int i = 0; i < 100; i++) {
            link.frontend.link().enqueue(frames.query(i, 10));
        }
        link.frontend.run();
        assertThat(link.frontend.undelivered()).as("before the flush").isZero();
        link.frontend.link().flush();
        link.frontend.run();
        assertThat(link.frontend.undelivered()).isEqualTo(1);
        link.settle();
        assertThat(link.router.received).hasSize(100);
    }

    @Test
    void writesControlFirstThenResultsThenQueries() {
        link.frontend.link().enqueue(frames.query(1, 10));
        link.frontend.link().enqueue(frames.result(2, 10));
        link.frontend.link().enqueue(new Frame.Cancel(3));
        link.frontend.link().enqueue(frames.query(4, 10));
        link.frontend.link().flush();
        link.settle();
        assertThat(link.router.received.stream().map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("Cancel", "ResultFrame", "QueryFrame", "QueryFrame");
    }

    @Test
    void keepsTheResultsOfOneQueryInOrderHoweverLargeSomeAre() {
        int[] sizes = {10, 300_000, 20, 70_000, 80_000, 0, 30};
        for (int size : sizes) {
            link.router.link().send(frames.result(7, Kind.ITEM, size));
        }
        link.router.link().send(new Frame.Failed(7, 12, 0, "the end"));
        link.router.link().send(frames.result(8, 10));
        link.settle();
        assertThat(link.frontend.received.stream()
                        .filter(frame -> Frames.exchange(frame) == 7)
                        .map(frame -> frame instanceof ResultFrame result ? result.size() : -1))
                .containsExactly(10, 300_000, 20, 70_000, 80_000, 0, 30, -1);
        assertThat(link.frontend.received.stream().map(Frames::exchange))
                .as("a small result of another query passes the large ones")
                .startsWith(7L, 8L);
    }

    @Test
    void tellsTheReceiverOnceThatItEndedAndOnlyThenReleasesWhatWasNotWritten() {
        link.frontend.stopWriting();
        QueryFrame query = frames.query(1, 100);
        link.frontend.link().send(query);
        int[] alive = {-1};
        link.frontend.onClosed = () -> alive[0] = query.data().refCnt();
        link.frontend.link().close("enough");
        link.frontend.link().close("more than enough");
        link.settle();
        assertThat(link.frontend.closed).containsExactly("enough");
        assertThat(alive[0]).as("references at the call").isEqualTo(1);
        assertThat(query.data().refCnt()).as("references afterwards").isZero();
        assertThat(query.written()).isFalse();
        assertThat(link.router.closed).containsExactly("the peer ended it");
    }

    @Test
    void releasesWhateverIsSentAfterTheEnd() {
        link.frontend.link().close("enough");
        link.settle();
        link.frontend.link().send(frames.query(1, 100));
        link.frontend.link().send(frames.result(1, 100_000));
        link.frontend.link().send(frames.batch(1, 10, 100_000));
        link.frontend.link().enqueue(frames.query(2, 100));
        link.frontend.link().flush();
        link.settle();
        link.memory.assertAllReleased();
        assertThat(link.frontend.link().isOpen()).isFalse();
    }

    @Test
    void isFlushedOnlyWhenThePeerHasGotAllThatWasSent() {
        Link sending = link.frontend.link();
        assertThat(sending.isFlushed()).isTrue();
        sending.enqueue(frames.query(1, 10));
        assertThat(sending.isFlushed()).as("in a lane").isFalse();
        sending.flush();
        link.frontend.run();
        assertThat(sending.isFlushed()).as("with the connection").isFalse();
        link.frontend.run();
        assertThat(sending.isFlushed()).as("asked for, and not answered").isFalse();
        link.settle();
        assertThat(sending.isFlushed()).isTrue();
        sending.send(frames.query(2, MIB));
        link.frontend.run();
        assertThat(sending.isFlushed()).as("in chunks").isFalse();
        link.settle();
        assertThat(sending.isFlushed()).as("nobody has asked yet").isFalse();
        link.settle();
        assertThat(sending.isFlushed()).isTrue();
        link.router.releaseReceived();
        link.router.holds = true;
        sending.send(frames.query(3, MIB));
        sending.send(frames.query(4, MIB));
        link.settle();
        assertThat(sending.isFlushed()).as("without credit").isFalse();
        link.router.releaseReceived();
        link.tick();
        assertThat(sending.isFlushed()).as("nobody has asked yet").isFalse();
        link.settle();
        assertThat(sending.isFlushed()).isTrue();
        assertThat(link.frontend.sent.stream().filter(Frame.Ping.class::isInstance))
                .as("one for each time that it was asked for, and that of the tick")
                .hasSize(4);
    }

    @Test
    void isFlushedWhereItHasEnded() {
        link.frontend.link().send(frames.query(1, 10));
        link.frontend.link().close("enough");
        link.settle();
        assertThat(link.frontend.link().isFlushed()).isTrue();
    }

    @Test
    void endsTheWholeConnection() {
        link.frontend.link().close("enough");
        link.settle();
        assertThat(link.frontend.disconnected()).isTrue();
        assertThat(link.router.disconnected()).isTrue();
    }

    @Test
    void stillSaysWhatItKnowsWhenItCloses() {
        link.router.link().send(new Frame.Busy(3));
        link.router.link().close("enough");
        link.settle();
        assertThat(link.frontend.received).containsExactly(new Frame.Busy(3));
    }

    @Test
    void failsAResultThatIsLargerThanThePeerTakesAlone() {
        link.router.link().send(frames.result(1, MIB + 1));
        link.router.link().send(frames.result(2, MIB));
        link.settle();
        Frame.Failed failed = (Frame.Failed) link.frontend.received.get(0);
        assertThat(failed.exchange()).isEqualTo(1);
        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED.number());
        assertThat(failed.message())
                .isEqualTo("The result has 1048577 bytes and may have 1048576 (sluice.link.max-payload).");
        assertThat(((ResultFrame) link.frontend.received.get(1)).exchange()).isEqualTo(2);
    }

    @Test
    void failsAQueryThatIsLargerThanThePeerTakesAlone() {
        link.frontend.link().send(frames.query(1, MIB + 1));
        link.frontend.link().send(frames.query(2, MIB));
        link.settle();
        Frame.Failed failed = (Frame.Failed) link.frontend.received.get(0);
        assertThat(failed.exchange()).isEqualTo(1);
        assertThat(failed.code()).isEqualTo(ErrorCode.TOO_LARGE.number());
        assertThat(((QueryFrame) link.router.received.get(0)).exchange()).isEqualTo(2);
    }

    @Test
    void refusesABatchThatCouldNeverHaveCreditInsteadOfWaitingForEver() {
        link.frontend.link().send(frames.batch(1, MIB, MIB - 1000, MIB));
        link.frontend.link().send(frames.batch(9, 10));
        link.settle();
        Frame.Failed failed = (Frame.Failed) link.frontend.received.get(0);
        assertThat(failed.exchange()).as("the one beyond the credit").isEqualTo(3);
        assertThat(failed.code()).isEqualTo(ErrorCode.OVERLOADED.number());
        assertThat(link.frontend.received.get(1))
                .as("the others may come again")
                .isEqualTo(new Frame.Busy(1));
        assertThat(((BatchFrame) link.router.received.get(0)).batch()).isEqualTo(9);
    }

    @Test
    void endsWithAReasonWhereAFrameOfItsOwnCannotBeWritten() {
        link.frontend.link().send(new Frame.Load(List.of("x".repeat(256))));
        link.frontend.link().send(frames.query(1, 10));
        link.settle();
        assertThat(link.frontend.closed).containsExactly("a fault in this process");
        assertThat(link.router.closed).hasSize(1);
        assertThat(log.messagesWithStackTrace())
                .containsExactly("A fault in this process ends the link with router-0 (frontend-0's peer).");
    }

    @Test
    void endsWithAReasonWhereItsReceiverThrows() {
        link.router.onReceived = () -> {
            throw new IllegalStateException("planted");
        };
        link.frontend.link().send(new Frame.Cancel(1));
        link.settle();
        assertThat(link.router.closed).containsExactly("a fault in this process");
        assertThat(link.frontend.closed).hasSize(1);
        assertThat(log.messagesWithStackTrace()).hasSize(1);
    }

    @Test
    void doesNotMindAReceiverThatThrowsWhenItIsToldOfTheEnd() {
        link.frontend.onClosed = () -> {
            throw new IllegalStateException("planted");
        };
        link.frontend.link().send(frames.query(1, 10));
        link.frontend.link().close("enough");
        link.settle();
        assertThat(link.frontend.disconnected()).isTrue();
    }
}
