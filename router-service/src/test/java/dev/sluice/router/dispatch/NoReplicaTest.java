package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An actor without replicas holds its queries for a while, then refuses. */
class NoReplicaTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void holdsQueriesForAHostThatIsRestarted() {
        host.runs(Actors.counter(), "counter-0");
        host.close();
        long query = frontend.query("counter", "x");
        router.time.advance(RouterFixture.HOLD.minusNanos(1));
        assertThat(frontend.outcome(query)).isEmpty();
        FakeHost again = router.host("host").runs(Actors.counter(), "counter-0");
        again.answer(again.batch());
        assertThat(frontend.outcome(query)).containsExactly("re x");
    }

    @Test
    void givesQueriesUpAfterAWhileAndThenRefusesAtOnce() {
        host.runs(Actors.counter(), "counter-0");
        host.close();
        long waited = frontend.query("counter", "a");
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(waited)).containsExactly("UNAVAILABLE");
        assertThat(frontend.sentence(waited)).contains("counter");

        long late = frontend.query("counter", "b");
        assertThat(frontend.outcome(late)).containsExactly("UNAVAILABLE");

        FakeHost again = router.host("host").runs(Actors.counter(), "counter-0");
        frontend.query("counter", "c");
        assertThat(bodies(again.batch())).containsExactly("c");
    }

    @Test
    void givesUpAlsoWhereThereNeverWasAReplica() {
        Announcement.Replica failed = new Announcement.Replica("counter-0", "counter", "1", State.FAILED, "no model");
        host.announce(false, List.of(Actors.counter()), List.of(failed));
        long query = frontend.query("counter", "x");
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(query)).containsExactly("UNAVAILABLE");
    }

    @Test
    void countsTheHoldFromTheLastLossOnly() {
        host.runs(Actors.counter(), "counter-0");
        host.runs(Actors.counter());
        router.time.advance(RouterFixture.HOLD.minusMillis(1));
        host.runs(Actors.counter(), "counter-1");
        host.runs(Actors.counter());
        long query = frontend.query("counter", "x");
        router.time.advance(Duration.ofMillis(1));
        assertThat(frontend.outcome(query)).isEmpty();
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(query)).containsExactly("UNAVAILABLE");
    }

    @Test
    void refusesWhatComesBackFromAHostAfterTheHold() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        host.batch();
        // The replica is gone, but its host still works on the batch.
        host.runs(Actors.echo());
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(query)).isEmpty();
        host.close();
        assertThat(frontend.outcome(query)).containsExactly("UNAVAILABLE");
    }
}
