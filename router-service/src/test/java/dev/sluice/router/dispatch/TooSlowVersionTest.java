package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.router.dispatch.VersionTally.Ended;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a version cannot answer in time, whatever else there is to do, counts against it. */
class TooSlowVersionTest {

    private static final ActorDescriptor ACTOR =
            Actors.scheduled(Actors.once("model", "1", Actors.method("call", 1, 0)), "deadline");
    private static final Duration RUN = Duration.ofMillis(140);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(ACTOR, "model-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void learns() {
        for (int i = 0; i < 20; i++) {
            frontend.query("model", "call", "", Duration.ofSeconds(1), "q");
            router.time.advance(RUN);
            host.answer(host.batch(), RUN);
        }
    }

    private Ended ended() {
        Ended ended = router.actors.ended("model", "1");
        assertThat(ended).isNotNull();
        return ended;
    }

    @Test
    void countsAgainstItWhereNotEvenABatchOfItsOwnWouldBeInTime() {
        learns();
        for (int i = 0; i < 10; i++) {
            frontend.query("model", "call", "", Duration.ofMillis(120), "q");
        }
        assertThat(ended().failed()).isGreaterThanOrEqualTo(8);
        assertThat(ended().turnedAway()).isZero();
    }

    @Test
    void doesNotWhereItsReplicaIsBusy() {
        learns();
        for (int i = 0; i < 10; i++) {
            frontend.query("model", "call", "", Duration.ofMillis(200), "q");
        }
        assertThat(ended().failed()).isZero();
        assertThat(ended().turnedAway()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void doesNotWhereItsCallersNameIt() {
        learns();
        long before = ended().answered();
        frontend.query("model", "call", "1", Duration.ofSeconds(1), "q");
        host.answer(host.batch(), RUN);
        for (int i = 0; i < 10; i++) {
            frontend.query("model", "call", "1", Duration.ofMillis(120), "q");
        }
        frontend.query("model", "call", "1", Duration.ofSeconds(1), "q");
        host.fail(host.batch().items().get(0), ErrorCode.FAILED, "no");
        assertThat(ended().failed()).isZero();
        assertThat(ended().answered()).isEqualTo(before);
    }

    @Test
    void countsHowLongWholeBatchesRan() {
        learns();
        assertThat(ended().runs())
                .containsOnlyKeys(new VersionTally.Size("call", 1))
                .containsValue(new VersionTally.Runs(20, 20 * RUN.toNanos()));
    }

    @Test
    void roundsSizesByAQuarterAtMost() {
        for (int rows = 1; rows < 5_000; rows++) {
            assertThat(VersionTally.grid(rows)).isBetween(rows, rows + rows / 4);
        }
        assertThat(VersionTally.grid(8)).isEqualTo(8);
        assertThat(VersionTally.grid(9)).isEqualTo(10);
        assertThat(VersionTally.grid(17)).isEqualTo(20);
    }
}
