package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be on its way, and that all of it comes back. */
class CreditTest {

    private static final int KIB = 1024;
    private static final int LARGEST = 256 * KIB;
    private static final int CREDIT = 512 * KIB;
    private static final LinkSettings SETTINGS = new LinkSettings("", LARGEST, CREDIT, CREDIT, Duration.ofSeconds(3));

    private final MemoryLink link = MemoryLink.open(SETTINGS);
    private final TestFrames frames = new TestFrames(link.memory.allocator());

    @AfterEach
    void everythingIsReleased() {
        link.close();
    }

    @Test
    void sendsNothingOfAQueryWhoseWholeCreditIsNotThere() {
        link.router.holds = true;
        link.frontend.link().send(frames.query(1, 200 * KIB));
        link.frontend.link().send(frames.query(2, 200 * KIB));
        link.frontend.link().send(frames.query(3, 200 * KIB));
        link.settle();
        assertThat(exchanges(link.router.received)).containsExactly(1L, 2L);
        assertThat(link.frontend.sentChunks()).as("none of the third").containsOnlyKeys(1L, 2L);

        Frames.release(link.router.received.remove(0));
        link.tick();
        assertThat(exchanges(link.router.received)).containsExactly(2L, 3L);
    }

    @Test
    void letsResultsAndControlPassQueriesThatWaitForCredit() {
        link.router.holds = true;
        for (int i = 0; i < 10; i++) {
            link.frontend.link().send(frames.query(i, 200 * KIB));
        }
        link.frontend.link().send(frames.result(77, 100 * KIB));
        link.frontend.link().send(new Frame.Cancel(5));
        link.settle();
        assertThat(link.router.received).hasAtLeastOneElementOfType(ResultFrame.class);
        assertThat(link.router.received).contains(new Frame.Cancel(5));
        assertThat(link.router.received.stream().filter(QueryFrame.class::isInstance))
                .hasSize(2);
    }

    @Test
    void letsQueriesPassResultsThatWaitForCredit() {
        link.router.holds = true;
        for (int i = 0; i < 10; i++) {
            link.frontend.link().send(frames.result(i, 200 * KIB));
        }
        link.frontend.link().send(frames.query(77, 100 * KIB));
        link.settle();
        assertThat(link.router.received.stream().filter(ResultFrame.class::isInstance))
                .hasSize(2);
        assertThat(link.router.received).hasAtLeastOneElementOfType(QueryFrame.class);
    }

    @Test
    void givesCreditBackByItselfWhenMuchOfItHasComeTogether() {
        for (int i = 0; i < 500; i++) {
            link.frontend.link().send(frames.query(i, 7 * KIB));
        }
        link.settle();
        assertThat(exchanges(link.router.received))
                .as("without any tick, several times the credit")
                .hasSize(500);
        assertThat(link.router.sent)
                .as("with nothing that left anyway")
                .noneMatch(Frame.ChunkAck.class::isInstance)
                .filteredOn(Frame.Credit.class::isInstance)
                .hasSizeGreaterThan(6);
    }

    @Test
    void givesTheRestBackAtATick() {
        link.router.holds = true;
        List<Frame> fill = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            link.frontend.link().send(frames.query(i, 60 * KIB));
        }
        link.frontend.link().send(frames.query(9, 60 * KIB));
        link.settle();
        fill.addAll(link.router.received);
        assertThat(fill).hasSize(8);
        Frames.release(link.router.received.remove(0));
        link.settle();
        assertThat(link.router.received)
                .as("less than is worth a frame of its own")
                .hasSize(7);
        link.tick();
        assertThat(link.router.received).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNoCreditAndMakesNoneUp(long seed) {
        Random random = new Random(seed);
        long exchange = 0;
        for (int round = 0; round < 200; round++) {
            List<Cargo> cancellable = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                int size = random.nextInt(4) == 0 ? random.nextInt(LARGEST) : random.nextInt(3 * KIB);
                MemoryEnd from = random.nextBoolean() ? link.frontend : link.router;
                exchange += 10;
                switch (random.nextInt(3)) {
                    case 0 -> {
                        QueryFrame query = frames.query(exchange, size);
                        cancellable.add(query);
                        from.link().send(query);
                    }
                    case 1 -> {
                        BatchFrame batch = frames.batch(exchange, size, 5, 12 * KIB, 0);
                        cancellable.addAll(batch.items());
                        from.link().send(batch);
                    }
                    default -> from.link().send(frames.result(exchange, size));
                }
            }
            // Some before anything of them was written, some while their chunks are on their way.
            cancelSome(random, cancellable);
            link.frontend.run();
            link.router.run();
            cancelSome(random, cancellable);
            link.settle();
        }
        link.tick();
        link.tick();
        assertThat(link.frontend.closed).isEmpty();
        assertThat(link.router.closed).isEmpty();
        link.memory.assertAllReleased();
        assertAllCreditIsBack(link.frontend, link.router);
        assertAllCreditIsBack(link.router, link.frontend);
    }

    private void cancelSome(Random random, List<Cargo> cargos) {
        for (Cargo cargo : cargos) {
            if (random.nextInt(4) == 0) {
                link.frontend.link().cancel(0, cargo);
            }
        }
    }

    /** Two payloads that take all of it together arrive; with one byte less of credit, one of them would have to wait. */
    private void assertAllCreditIsBack(MemoryEnd from, MemoryEnd to) {
        to.releaseReceived();
        to.holds = true;
        int half = CREDIT / 2 - Cargo.OVERHEAD_BYTES;
        from.link().send(frames.result(1, half));
        from.link().send(frames.result(2, half));
        from.link().send(frames.bareQuery(1, half));
        from.link().send(frames.bareQuery(2, half));
        link.settle();
        assertThat(to.received.stream().filter(ResultFrame.class::isInstance)).hasSize(2);
        assertThat(to.received.stream().filter(QueryFrame.class::isInstance)).hasSize(2);
        from.link().send(frames.result(3, 0));
        from.link().send(frames.bareQuery(3, 0));
        link.settle();
        assertThat(to.received).as("not one byte more").hasSize(4);
        to.releaseReceived();
        to.holds = false;
        link.tick();
        to.releaseReceived();
    }

    private static List<Long> exchanges(List<Frame> queries) {
        return queries.stream().map(query -> ((QueryFrame) query).exchange()).toList();
    }
}
