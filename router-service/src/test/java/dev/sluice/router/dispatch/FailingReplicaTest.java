package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica that fails all it gets is free again at once, and must not get more work for that. */
class FailingReplicaTest {

    private static final ActorDescriptor ACTOR =
            Actors.scheduled(Actors.once("model", "1", Actors.method("call", 1, 0)), "deadline");
    private static final Duration RUN = Duration.ofMillis(10);
    private static final int QUERIES = 200;

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost well = router.host("well").runs(ACTOR, "model-0");
    private final FakeHost broken = router.host("broken").runs(ACTOR, "model-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void getsHardlyAnyWork() {
        assertThat(failuresOf(ErrorCode.FAILED)).isLessThan(QUERIES / 4);
    }

    @Test
    void isNotBlamedForWhatItsCallersGotWrong() {
        assertThat(failuresOf(ErrorCode.INVALID_INPUT)).isGreaterThan(QUERIES / 4);
    }

    /** How many of the queries the broken one got, which ends each with this. */
    private int failuresOf(ErrorCode code) {
        int failed = 0;
        for (int i = 0; i < QUERIES; i++) {
            frontend.query("model", "q" + i);
            List<SentBatch> there = broken.batches();
            if (there.isEmpty()) {
                router.time.advance(RUN);
                well.answer(well.batch(), RUN);
            } else {
                failed++;
                broken.fail(there.get(0).items().get(0), code, "broken");
                broken.done(there.get(0), Duration.ofNanos(1_000));
            }
        }
        return failed;
    }
}
