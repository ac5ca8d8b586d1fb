package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancellingTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void assertCancelled(long query) {
        assertThat(frontend.outcome(query)).isEmpty();
        assertThat(router.metrics.count(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void takesOutAQueryThatWaits() {
        frontend.query("echo", "runs");
        SentBatch running = host.batch();
        long query = frontend.query("echo", "waits");
        frontend.cancel(query);
        assertCancelled(query);
        assertThat(router.links.inFlight()).isEqualTo(1);
        host.answer(running);
        assertThat(host.batches()).isEmpty();
    }

    @Test
    void tellsTheHostWhereTheQueryIsDispatchedInTheSameMoment() {
        long query = frontend.arrive("echo", "x");
        frontend.cancel(query);
        assertCancelled(query);
        assertThat(host.link.written(Frame.Cancel.class))
                .containsExactly(new Frame.Cancel(host.batch().items().get(0).exchange()));
    }

    @Test
    void tellsTheHostWhereTheQueryIsInABatch() {
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        frontend.cancel(query);
        assertCancelled(query);
        assertThat(host.link.written(Frame.Cancel.class))
                .containsExactly(new Frame.Cancel(batch.items().get(0).exchange()));

        host.answer(batch);
        assertThat(frontend.outcome(query)).isEmpty();
        frontend.query("echo", "next");
        assertThat(bodies(host.batch())).containsExactly("next");
    }

    @Test
    void leavesItOutOfABatchThatIsNotWrittenYetAndTellsTheHostNothing() {
        host.link.stall();
        long query = frontend.query("echo", "x");
        frontend.cancel(query);
        assertCancelled(query);
        host.link.resume();
        SentBatch batch = host.batch();
        assertThat(batch.items()).isEmpty();
        assertThat(host.link.written(Frame.Cancel.class)).isEmpty();

        host.done(batch, Duration.ZERO);
        frontend.query("echo", "next");
        assertThat(bodies(host.batch())).containsExactly("next");
    }

    @Test
    void leavesTheOthersOfItsBatchAlone() {
        frontend.query("echo", "first");
        SentBatch first = host.batch();
        long stays = frontend.query("echo", "stays");
        long goes = frontend.query("echo", "goes");
        host.answer(first);
        SentBatch batch = host.batch();
        frontend.cancel(goes);
        host.answer(batch);
        assertThat(frontend.outcome(stays)).containsExactly("re stays");
        assertCancelled(goes);
    }

    @Test
    void learnsNothingFromTheTimeOfABatchThatWasCutShort() {
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        frontend.cancel(query);
        host.done(batch, Duration.ofNanos(10));
        assertThat(router.metrics.batches).containsExactly("call ran 10 predicted 0");
        frontend.query("echo", "y");
        host.done(host.batch(), Duration.ofMillis(1));
        assertThat(router.metrics.batches).last().isEqualTo("call ran 1000000 predicted 0");
    }

    @Test
    void comesTooLateWhereTheResultIsThere() {
        long query = frontend.query("echo", "x");
        host.answer(host.batch());
        frontend.cancel(query);
        assertThat(frontend.outcome(query)).containsExactly("re x");
        assertThat(router.metrics.count(Outcome.CANCELLED)).isZero();
        assertThat(host.link.written(Frame.Cancel.class)).isEmpty();
    }

    @Test
    void losesToAResultThatIsReadInTheSameMoment() {
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        frontend.link.receive(new Frame.Cancel(query));
        host.link.receive(router.payloads.result(batch.items().get(0).exchange(), Kind.ONLY, "re x"));
        router.time.run();
        assertThat(frontend.outcome(query)).containsExactly("re x");
        assertThat(router.metrics.all()).isEqualTo(1);
    }

    @Test
    void endsAQueryWhoseHostIsLostInTheSameMoment() {
        long query = frontend.query("echo", "x");
        host.batch();
        host.link.close("gone");
        frontend.cancel(query);
        assertCancelled(query);
    }

    @Test
    void endsAQueryWhoseBatchIsRefusedInTheSameMoment() {
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        host.link.receive(new Frame.Busy(batch.number()));
        frontend.cancel(query);
        assertCancelled(query);
        host.free("echo-0");
        assertThat(host.batches()).isEmpty();
    }

    @Test
    void endsAQueryThatCameBackFromALostHost() {
        long query = frontend.query("echo", "x");
        host.batch();
        host.close();
        assertThat(frontend.outcome(query)).isEmpty();
        frontend.cancel(query);
        assertCancelled(query);
        router.host("other").runs(Actors.echo(), "echo-0");
        assertThat(router.links.inFlight()).isZero();
    }

    @Test
    void doesNotKnowAQueryThatNeverWas() {
        frontend.cancel(4711);
        assertThat(frontend.link.isOpen()).isTrue();
        assertThat(router.metrics.all()).isZero();
    }

    @Test
    void takesAllQueriesOfAFrontendThatIsGone() {
        FakeFrontend other = router.frontend("other");
        frontend.query("echo", "runs");
        SentBatch running = host.batch();
        frontend.query("echo", "waits");
        long patient = other.query("echo", "patient");
        frontend.arrive("echo", "arrives");
        frontend.close();
        assertThat(router.metrics.count(Outcome.CANCELLED)).isEqualTo(3);
        assertThat(router.links.inFlight()).isEqualTo(1);
        assertThat(host.link.written(Frame.Cancel.class))
                .containsExactly(new Frame.Cancel(running.items().get(0).exchange()));

        host.answer(running);
        host.answer(host.batch());
        assertThat(other.outcome(patient)).containsExactly("re patient");
    }

    @Test
    void aStormOfCallersThatGiveUpHurtsNobodyWhoIsPatient() {
        for (int i = 0; i < 200; i++) {
            long query = frontend.query("echo", "impatient " + i);
            if (i % 5 != 0) {
                frontend.cancel(query);
            }
        }
        int answered = 0;
        for (SentBatch batch = next(); batch != null; batch = next()) {
            host.answer(batch);
        }
        for (int i = 0; i < 8; i++) {
            frontend.arrive("echo", "patient " + i);
        }
        router.time.run();
        for (SentBatch batch = next(); batch != null; batch = next()) {
            assertThat(batch.items()).hasSize(4);
            host.answer(batch);
            answered += batch.items().size();
        }
        assertThat(answered).isEqualTo(8);
        assertThat(router.links.inFlight()).isZero();
    }

    private SentBatch next() {
        var batches = host.batches();
        return batches.isEmpty() ? null : batches.get(0);
    }
}
