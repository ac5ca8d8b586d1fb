package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a replica did, and does, as operators see it. */
class ReplicaWorkTest {

    private static final Duration RUN = Duration.ofMillis(10);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void isTheBatchThatItHasAndThoseThatItEnded() {
        host.runs(Actors.once("model", "1", Actors.method("call", 4, 0)), "model-0");
        assertThat(work().running()).isZero();

        frontend.query("model", "first");
        SentBatch first = host.batch();
        assertThat(work().running()).isEqualTo(1);
        assertThat(work().batches()).isZero();

        host.answer(first, RUN);
        assertThat(work().running()).isZero();
        assertThat(work().batches()).isEqualTo(1);
        assertThat(work().busyNanos()).isEqualTo(RUN.toNanos());
    }

    private ReplicaConduct work() {
        return router.actors.conducts().get(0);
    }
}
