package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ways between the tiers are taken off what a query may take, in durations: no tier looks at the clock of another. */
class TransportTest {

    private static final ActorDescriptor ACTOR =
            Actors.scheduled(Actors.once("echo", "1", Actors.method("call", 1, 0)), "deadline");
    private static final Duration RUN = Duration.ofMillis(10);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(ACTOR, "echo-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private long budgetOfAQueryWith(Duration slo) {
        frontend.query("echo", "call", "", slo, "x");
        SentBatch batch = host.batch();
        host.answer(batch);
        return batch.items().get(0).budgetNanos();
    }

    @Test
    void takesTheWayToAndFromTheFrontendOffTheBudget() {
        frontend.link.roundTrip(Duration.ofMillis(4).toNanos());
        assertThat(budgetOfAQueryWith(Duration.ofMillis(100)))
                .isEqualTo(Duration.ofMillis(96).toNanos());
    }

    @Test
    void takesNoMoreThanAPartForThat() {
        frontend.link.roundTrip(Duration.ofSeconds(2).toNanos());
        assertThat(budgetOfAQueryWith(Duration.ofMillis(100)))
                .isEqualTo(Duration.ofMillis(75).toNanos());
    }

    /** The host says 10 ms, and each batch is back after 30: so long is what counts against a deadline. */
    @Test
    void countsTheWayToAndFromTheHost() {
        for (int i = 0; i < 40; i++) {
            frontend.query("echo", "warm");
            SentBatch batch = host.batch();
            router.time.advance(Duration.ofMillis(30));
            host.answer(batch, RUN);
        }
        frontend.query("echo", "runs");
        SentBatch running = host.batch();
        long refused = frontend.query("echo", "call", "", Duration.ofMillis(50), "too soon");
        long taken = frontend.query("echo", "call", "", Duration.ofMillis(70), "in time");
        assertThat(frontend.outcome(refused)).containsExactly("UNMEETABLE");
        assertThat(frontend.outcome(taken)).isEmpty();
        router.time.advance(Duration.ofMillis(30));
        host.answer(running, RUN);
        host.answer(host.batch(), RUN);
        assertThat(frontend.outcome(taken)).containsExactly("re in time");
    }
}
