package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.router.dispatch.DispatchMetrics.Compared;
import dev.sluice.router.dispatch.Traffic.Copies;
import dev.sluice.router.dispatch.Traffic.Share;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another version gets copies of queries; its answers are compared, and nobody waits for them. */
class CopyingTest {

    private static final ActorDescriptor OLD = Actors.once("model", "1", Actors.method("call", 1, 0));
    private static final ActorDescriptor NEW = Actors.once("model", "2", Actors.method("call", 1, 0));

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost old = router.host("old").runs(OLD, "model-0");
    private final FakeHost young = router.host("young").runs(NEW, "model-0");

    @BeforeEach
    void copyAll() {
        copy(100);
    }

    private void copy(int percent) {
        router.actors.divide(
                Map.of("model", new Traffic(List.of(new Share("1", 100)), Optional.of(new Copies("2", percent)))));
    }

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void answersWithTheQuerysResultAndComparesTheCopys() {
        long exchange = frontend.query("model", "x");
        SentBatch copy = young.batch();
        old.answer(old.batch());
        assertThat(frontend.outcome(exchange)).containsExactly("re x");
        assertThat(router.metrics.compared).isEmpty();
        young.answer(copy);
        assertThat(frontend.outcome(exchange)).containsExactly("re x");
        assertThat(router.metrics.compared).containsExactly(Compared.SAME);
    }

    @Test
    void tellsAnAnswerThatDiffers() {
        frontend.query("model", "x");
        SentBatch copy = young.batch();
        young.result(copy.items().get(0), ResultFrame.Kind.ONLY, "something else");
        young.done(copy, Duration.ofMillis(1));
        old.answer(old.batch());
        assertThat(router.metrics.compared).containsExactly(Compared.DIFFERENT);
    }

    @Test
    void tellsACopyThatFailsAndKeepsItFromTheCaller() {
        long exchange = frontend.query("model", "x");
        SentBatch copy = young.batch();
        young.link.receive(new Frame.Failed(copy.items().get(0).exchange(), ErrorCode.FAILED.number(), 0, "no"));
        young.done(copy, Duration.ofMillis(1));
        old.answer(old.batch());
        assertThat(frontend.outcome(exchange)).containsExactly("re x");
        assertThat(router.metrics.compared).containsExactly(Compared.COPY_FAILED);
    }

    @Test
    void answersWhileTheCopysReplicaIsGone() {
        long exchange = frontend.query("model", "x");
        young.batch();
        young.link.close("gone");
        old.answer(old.batch());
        assertThat(frontend.outcome(exchange)).containsExactly("re x");
        router.time.advance(RouterFixture.HOLD);
        assertThat(router.metrics.compared).containsExactly(Compared.COPY_FAILED);
    }

    @Test
    void copiesTheWantedPart() {
        copy(20);
        int copies = 0;
        for (int i = 0; i < 1_000; i++) {
            frontend.query("model", "q");
            List<SentBatch> copied = young.batches();
            copies += copied.size();
            copied.forEach(young::answer);
            old.answer(old.batch());
        }
        assertThat(copies).isBetween(150, 250);
    }

    @Test
    void copiesNothingThatNamesItsVersion() {
        frontend.query("model", "call", "1", Duration.ofSeconds(1), "x");
        old.answer(old.batch());
        assertThat(young.batches()).isEmpty();
    }

    @Test
    void copiesNothingWhereTheVersionHasNoReplica() {
        young.announce(false, List.of(NEW), List.of());
        frontend.query("model", "x");
        old.answer(old.batch());
        router.time.advance(RouterFixture.HOLD);
        assertThat(router.metrics.compared).isEmpty();
    }

    @Test
    void neverTakesTheRoomOfQueries() {
        String large = "q".repeat(4_000);
        for (int i = 0; i < 400; i++) {
            long one = frontend.query("model", large);
            long other = frontend.query("model", large);
            old.answer(old.batch());
            old.answer(old.batch());
            assertThat(frontend.outcome(one)).containsExactly("re " + large);
            assertThat(frontend.outcome(other)).containsExactly("re " + large);
        }
        assertThat(router.metrics.compared)
                .as("copies that were not made, and are counted")
                .hasSizeBetween(770, 799)
                .containsOnly(Compared.NO_ROOM);
        for (List<SentBatch> copies = young.batches(); !copies.isEmpty(); copies = young.batches()) {
            copies.forEach(young::answer);
        }
        assertThat(router.metrics.compared).hasSize(800).contains(Compared.SAME);
    }
}
