package dev.sluice.router.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.rollout.VersionCounts.Runs;
import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservedTest {

    private static final Size ONE = new Size("call", 1);
    private static final Size FOUR = new Size("call", 4);

    private final Observed observed = new Observed(new VersionCounts(100, 50, 0, Map.of(ONE, new Runs(100, 1_000))));

    @Test
    void knowsNothingBeforeItsFirstLook() {
        assertThat(observed.ended()).isZero();
        assertThat(observed.failedPart()).isZero();
        assertThat(observed.runs()).isEmpty();
    }

    @Test
    void addsUpWhatCameSince() {
        observed.look(new VersionCounts(102, 51, 0, Map.of(ONE, new Runs(102, 1_040))));
        observed.look(new VersionCounts(102, 51, 0, Map.of(ONE, new Runs(102, 1_040))));
        observed.look(new VersionCounts(102, 52, 0, Map.of(ONE, new Runs(102, 1_040))));
        observed.look(new VersionCounts(110, 52, 0, Map.of(ONE, new Runs(106, 1_140), FOUR, new Runs(1, 50))));
        assertThat(observed.answered()).isEqualTo(10);
        assertThat(observed.failed()).isEqualTo(2);
        assertThat(observed.ended()).isEqualTo(12);
        assertThat(observed.failedPart()).isEqualTo(2 / 12.0);
        assertThat(observed.runs().get(ONE).looks()).as("with batches").isEqualTo(2);
        assertThat(observed.runs().get(ONE).value()).isEqualTo(140 / 6.0);
        assertThat(observed.runs().get(FOUR).value()).isEqualTo(50);
    }

    @Test
    void looksAtTimesAfreshAtEachStepAndKeepsWhatFailed() {
        observed.look(new VersionCounts(102, 51, 0, Map.of(ONE, new Runs(102, 1_040))));
        observed.beginStep();
        observed.look(new VersionCounts(103, 51, 0, Map.of(ONE, new Runs(103, 1_045))));
        assertThat(observed.runs().get(ONE).value()).isEqualTo(5);
        assertThat(observed.failed()).isEqualTo(1);
    }

    @Test
    void knowsThePartThatHasNoAnswer() {
        observed.look(new VersionCounts(103, 51, 1, Map.of()));
        assertThat(observed.offered()).isEqualTo(5);
        assertThat(observed.unanswered().value()).isEqualTo(0.4);
        assertThat(observed.ended()).isEqualTo(4);
    }
}
