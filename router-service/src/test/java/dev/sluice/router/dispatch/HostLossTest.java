package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of queries whose host is lost. */
class HostLossTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");
    private final FakeHost other = router.host("other");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void sendsAgainWhatWasNeverWrittenAlsoWhereItMayRunOnlyOnce() {
        host.runs(Actors.counter(), "counter-0");
        host.link.stall();
        long query = frontend.query("counter", "x");
        other.runs(Actors.counter(), "counter-0");
        host.close();
        assertThat(host.batches()).isEmpty();
        other.answer(other.batch());
        assertThat(frontend.outcome(query)).containsExactly("re x");
    }

    @Test
    void losesWhatWasWrittenAndMayRunOnlyOnce() {
        host.runs(Actors.counter(), "counter-0");
        long query = frontend.query("counter", "x");
        other.runs(Actors.counter(), "counter-0");
        host.close();
        assertThat(other.batches()).isEmpty();
        assertThat(frontend.outcome(query)).containsExactly("LOST");
        assertThat(frontend.sentence(query)).contains("host").contains("not marked idempotent");
    }

    @Test
    void sendsWhatIsIdempotentAgain() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        other.runs(Actors.echo(), "echo-0");
        host.close();
        other.answer(other.batch());
        assertThat(frontend.outcome(query)).containsExactly("re x");
        assertThat(router.metrics.all()).isEqualTo(1);
        assertThat(router.metrics.retries).containsExactly(Retry.LOST_PEER);
    }

    @Test
    void givesWhatWaitsToAReplicaThatComesWhereBatchesWereAskedForBeforeOneWent() {
        host.runs(Actors.counter(), "counter-0");
        other.runs(Actors.counter(), "counter-0");
        other.close();
        long first = frontend.query("counter", "a");
        long second = frontend.query("counter", "b");
        SentBatch running = host.batch();
        FakeHost next = router.host("next").runs(Actors.counter(), "counter-0");
        next.answer(next.batch());
        assertThat(frontend.outcome(second)).containsExactly("re b");
        host.answer(running);
        assertThat(frontend.outcome(first)).containsExactly("re a");
    }

    @Test
    void sendsWhatIsIdempotentAgainOnlySoOften() {
        other.close();
        host.close();
        FakeHost next = router.host("host-0").runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "poison");
        for (int i = 1; i < RouterFixture.MOST_STARTS; i++) {
            assertThat(next.batches()).hasSize(1);
            next.close();
            assertThat(frontend.outcome(query)).isEmpty();
            next = router.host("host-" + i).runs(Actors.echo(), "echo-0");
        }
        assertThat(next.batches()).hasSize(1);
        next.close();
        assertThat(frontend.outcome(query)).containsExactly("LOST");
    }

    @Test
    void losesAStreamOfWhichAPartWasPassedOn() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        host.result(host.batch().items().get(0), Kind.ITEM, "1");
        other.runs(Actors.echo(), "echo-0");
        host.close();
        assertThat(frontend.outcome(query)).containsExactly("ITEM 1", "LOST");
        assertThat(other.batches()).isEmpty();
    }

    @Test
    void keepsThePlaceOfWhatComesBack() {
        ActorDescriptor one = Actors.idempotent(Actors.once("one", "1", Actors.method("call", 1, 0)));
        host.runs(one, "one-0");
        frontend.query("one", "first");
        frontend.query("one", "second");
        host.close();
        other.runs(one, "one-0");
        SentBatch batch = other.batch();
        assertThat(bodies(batch)).containsExactly("first");
        other.answer(batch);
        assertThat(bodies(other.batch())).containsExactly("second");
    }

    @Test
    void losesNoQueryThatItSendsBeforeItHearsOfTheLoss() {
        host.runs(Actors.counter(), "counter-0");
        other.runs(Actors.counter(), "counter-0");
        // Both are read before either is dispatched, and the link to one host breaks in between.
        long first = frontend.arrive("counter", "call", "", Duration.ofSeconds(60), "a");
        host.link.close("broken");
        router.time.run();
        other.answer(other.batch());
        assertThat(frontend.outcome(first)).containsExactly("re a");
    }

    @Test
    void expiresWhatCameBackTooLate() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "call", "", Duration.ofMillis(20), "x");
        host.batch();
        router.time.advance(Duration.ofMillis(30));
        host.close();
        assertThat(frontend.outcome(query)).containsExactly("EXPIRED");
    }

    @Test
    void leavesOtherHostsAlone() {
        host.runs(Actors.counter(), "counter-0");
        long lost = frontend.query("counter", "a");
        host.batch();
        other.runs(Actors.counter(), "counter-0");
        long stays = frontend.query("counter", "b");
        SentBatch batch = other.batch();
        host.close();
        other.answer(batch);
        assertThat(frontend.outcome(lost)).containsExactly("LOST");
        assertThat(frontend.outcome(stays)).containsExactly("re b");
    }

    @Test
    void cancelsWhatALostHostHadAsked() {
        host.runs(Actors.echo(), "echo-0");
        other.link.receive(router.payloads.query(1, "echo", "call", "", Duration.ofSeconds(1), "nested"));
        router.time.run();
        assertThat(host.batches()).hasSize(1);
        other.close();
        assertThat(router.links.inFlight()).isZero();
    }

    @Test
    void hearsAnAnswerBeforeItHearsOfTheLoss() {
        host.runs(Actors.counter(), "counter-0");
        long query = frontend.query("counter", "x");
        SentBatch batch = host.batch();
        host.link.receive(router.payloads.result(batch.items().get(0).exchange(), Kind.ONLY, "re x"));
        host.close();
        assertThat(frontend.outcome(query)).containsExactly("re x");
    }
}
