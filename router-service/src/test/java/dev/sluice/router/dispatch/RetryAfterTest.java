package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.scheduling.QueueLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is refused for want of room is told when what waits will be gone, in whatever order it is worked off. */
class RetryAfterTest {

    private static final Duration RUN = Duration.ofSeconds(2);
    private static final int QUEUE = 3;

    private final RouterFixture router = new RouterFixture(new QueueLimits(QUEUE, 1 << 20), 1 << 20);
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "deadline"})
    void isWhatTheQueueIsPredictedToTake(String scheduler) {
        host.runs(Actors.scheduled(Actors.once("slow", "1", Actors.method("call", 1, 0)), scheduler), "slow-0");
        for (int i = 0; i < 2; i++) {
            frontend.query("slow", "learned");
            SentBatch batch = host.batch();
            router.time.advance(RUN);
            host.answer(batch, RUN);
        }
        for (int i = 0; i < 1 + QUEUE; i++) {
            frontend.query("slow", "taken");
        }
        long refused = frontend.query("slow", "one too many");
        assertThat(frontend.outcome(refused)).containsExactly("OVERLOADED");
        long retryAfter = frontend.link.written(Frame.Failed.class).stream()
                .filter(failed -> failed.exchange() == refused)
                .findFirst()
                .orElseThrow()
                .retryAfterMillis();
        assertThat(retryAfter).isEqualTo(QUEUE * RUN.toMillis() + 1);
    }
}
