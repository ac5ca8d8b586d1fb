package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several routers share hosts: what a host refuses as busy keeps its place. */
class BusyReplicasTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(Actors.counter(), "counter-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void queuesARefusedBatchAgainInFrontOfWhatCameLater() {
        frontend.arrive("counter", "a");
        frontend.arrive("counter", "b");
        router.time.run();
        SentBatch refused = host.batch();
        frontend.query("counter", "c");
        host.busy(refused);
        assertThat(host.batches()).isEmpty();

        host.free("counter-0");
        assertThat(bodies(host.batch())).containsExactly("a", "b", "c");
    }

    @Test
    void triesABusyReplicaAgainAfterALeaseThoughItSaysNothing() {
        frontend.query("counter", "a");
        host.busy(host.batch());
        router.time.advance(RouterFixture.LEASE.minusMillis(1));
        router.links.retryBusyReplicas();
        router.time.run();
        assertThat(host.batches()).isEmpty();

        router.time.advance(Duration.ofMillis(1));
        router.links.retryBusyReplicas();
        router.time.run();
        assertThat(bodies(host.batch())).containsExactly("a");
    }

    @Test
    void givesARefusedBatchToAnotherReplicaAtOnce() {
        FakeHost other = router.host("other");
        frontend.query("counter", "a");
        SentBatch refused = host.batch();
        other.runs(Actors.counter(), "counter-0");
        host.busy(refused);
        assertThat(bodies(other.batch())).containsExactly("a");
        assertThat(host.batches()).isEmpty();
    }

    @Test
    void doesNotTakeAFreeReportForAnIdleReplica() {
        frontend.query("counter", "a");
        host.batch();
        host.free("counter-0", "nobody");
        frontend.query("counter", "b");
        assertThat(host.batches()).isEmpty();
    }

    @Test
    void countsNoStartWhereABatchWasRefused() {
        frontend.query("counter", "a");
        for (int i = 0; i < 2 * RouterFixture.MOST_STARTS; i++) {
            host.busy(host.batch());
            host.free("counter-0");
        }
        // Refused is not started: also what is not idempotent may go to another host.
        SentBatch last = host.batch();
        host.busy(last);
        host.close();
        FakeHost other = router.host("other").runs(Actors.counter(), "counter-0");
        assertThat(bodies(other.batch())).containsExactly("a");
    }

    @Test
    void expiresWhileAllReplicasAreBusy() {
        long query = frontend.query("counter", "call", "", Duration.ofMillis(10), "a");
        host.busy(host.batch());
        router.time.advance(Duration.ofMillis(10));
        assertThat(frontend.outcome(query)).containsExactly("EXPIRED");
    }

    @Test
    void takesTheOrderOfBusyAndFreeAsTheyCame() {
        frontend.query("counter", "a");
        SentBatch batch = host.batch();
        host.link.receive(new Frame.Busy(batch.number()));
        host.free("counter-0");
        assertThat(bodies(host.batch())).containsExactly("a");
    }

    @Test
    void givesUpAReplicaThatWasRefusedAndIsGoneByNow() {
        frontend.query("counter", "a");
        SentBatch refused = host.batch();
        host.runs(Actors.counter());
        host.busy(refused);
        assertThat(host.batches()).isEmpty();
        host.runs(Actors.counter(), "counter-1");
        assertThat(bodies(host.batch())).containsExactly("a");
    }
}
