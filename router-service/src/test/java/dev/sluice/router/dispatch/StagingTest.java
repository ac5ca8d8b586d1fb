package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second batch goes to a replica only within one round trip of the predicted end of the first. */
class StagingTest {

    private static final Duration RUN = Duration.ofMillis(10);
    private static final Duration ROUND_TRIP = Duration.ofMillis(2);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host =
            router.host("host").runs(Actors.once("slow", "1", Actors.method("call", 1, 0)), "slow-0");

    @BeforeEach
    void aRoundTrip() {
        host.link.roundTrip(ROUND_TRIP.toNanos());
    }

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    /** The router learns that a batch takes {@link #RUN}. */
    private void learn() {
        frontend.query("slow", "learned");
        SentBatch batch = host.batch();
        router.time.advance(RUN.plus(ROUND_TRIP));
        host.answer(batch, RUN);
    }

    private SentBatch run(String body) {
        frontend.query("slow", body);
        return host.batch();
    }

    @Test
    void stagesNothingWhereNothingIsKnown() {
        SentBatch first = run("a");
        frontend.query("slow", "b");
        router.time.advance(Duration.ofSeconds(30));
        assertThat(host.batches()).isEmpty();
        host.answer(first);
        SentBatch second = host.batch();
        assertThat(second.staged()).isFalse();
        assertThat(bodies(second)).containsExactly("b");
    }

    @Test
    void stagesOneRoundTripBeforeThePredictedEnd() {
        learn();
        run("a");
        frontend.query("slow", "b");
        // It arrives half a round trip from now, and ends ten milliseconds later.
        router.time.advance(Duration.ofMillis(9).minusNanos(1));
        assertThat(host.batches()).isEmpty();
        router.time.advance(Duration.ofNanos(1));
        SentBatch staged = host.batch();
        assertThat(staged.staged()).isTrue();
        assertThat(bodies(staged)).containsExactly("b");
    }

    @Test
    void stagesWhatComesLaterStill() {
        learn();
        run("a");
        router.time.advance(Duration.ofMillis(9));
        frontend.query("slow", "b");
        assertThat(host.batch().staged()).isTrue();
    }

    @Test
    void stagesOneBatchAndNoMore() {
        learn();
        run("a");
        frontend.query("slow", "b");
        frontend.query("slow", "c");
        router.time.advance(Duration.ofSeconds(1));
        assertThat(bodies(host.batch())).containsExactly("b");
    }

    @Test
    void takesAStagedBatchForRunningSinceTheOneBeforeItEnded() {
        learn();
        SentBatch first = run("a");
        frontend.query("slow", "b");
        frontend.query("slow", "c");
        router.time.advance(Duration.ofMillis(9));
        host.batch();
        router.time.advance(Duration.ofMillis(3));
        host.answer(first, RUN);
        // The host ended the first, and began the second, half a round trip ago: it ends in nine milliseconds.
        router.time.advance(Duration.ofMillis(7).minusNanos(1));
        assertThat(host.batches()).isEmpty();
        router.time.advance(Duration.ofNanos(1));
        assertThat(bodies(host.batch())).containsExactly("c");
    }

    @Test
    void prefersAnIdleReplicaToAPlaceBehindARunningBatch() {
        learn();
        run("a");
        router.time.advance(Duration.ofMillis(9));
        FakeHost other = router.host("other").runs(Actors.once("slow", "1", Actors.method("call", 1, 0)), "slow-0");
        frontend.query("slow", "b");
        assertThat(host.batches()).isEmpty();
        assertThat(other.batch().staged()).isFalse();
        frontend.query("slow", "c");
        assertThat(bodies(host.batch())).containsExactly("c");
    }

    @Test
    void runsAStagedBatchWhoseForerunnerWasRefused() {
        learn();
        SentBatch first = run("a");
        frontend.query("slow", "b");
        router.time.advance(Duration.ofMillis(9));
        SentBatch staged = host.batch();
        host.busy(first);
        host.answer(staged, RUN);
        assertThat(bodies(host.batch())).containsExactly("a");
    }

    @Test
    void waitsForAFreeReplicaWhereBothWereRefused() {
        learn();
        SentBatch first = run("a");
        frontend.query("slow", "b");
        router.time.advance(Duration.ofMillis(9));
        SentBatch staged = host.batch();
        host.link.receive(new Frame.Busy(first.number()));
        host.link.receive(new Frame.Busy(staged.number()));
        router.time.run();
        assertThat(host.batches()).isEmpty();
        host.free("slow-0");
        assertThat(bodies(host.batch())).containsExactly("a");
    }

    @Test
    void doesNotInsistWhereAStagedBatchIsRefused() {
        learn();
        SentBatch first = run("a");
        frontend.query("slow", "b");
        router.time.advance(Duration.ofMillis(9));
        host.busy(host.batch());
        router.time.advance(Duration.ofMillis(1));
        assertThat(host.batches()).isEmpty();
        host.answer(first, RUN);
        SentBatch again = host.batch();
        assertThat(bodies(again)).containsExactly("b");
        assertThat(again.staged()).isFalse();
    }

    @Test
    void saysHowWellItPredicted() {
        learn();
        SentBatch batch = run("a");
        host.answer(batch, Duration.ofMillis(12));
        assertThat(router.metrics.batches)
                .containsExactly("call ran 10000000 predicted 0", "call ran 12000000 predicted 10000000");
    }
}
