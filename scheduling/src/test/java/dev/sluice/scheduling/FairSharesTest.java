package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FairSharesTest {

    private static final long SECOND = 1_000_000_000;

    private final FairShares shares = new FairShares(new FairShares.Tuning(0.01, 0, 0.8, 1, 1 / 1024.0, 0.001, 1));
    private final Share first = shares.join(new Share(1));
    private final Share second = shares.join(new Share(1));
    private final Share third = shares.join(new Share(2));

    /** Each asks for so many replicas' time, for a second. */
    private double ask(double one, double two, double three) {
        for (long now = 0; now < SECOND; now += SECOND / 1_000) {
            first.ask(one * SECOND / 1_000, now);
            second.ask(two * SECOND / 1_000, now);
            third.ask(three * SECOND / 1_000, now);
        }
        return shares.divide(8, SECOND);
    }

    @Test
    void whoAsksForLittleGetsItAndTheRestIsDividedByWeight() {
        assertThat(ask(1, 9, 9)).isCloseTo(19 / 8.0, within(0.05));

        assertThat(first.greedy).isFalse();
        assertThat(second.greedy).isTrue();
        assertThat(first.allowed).isCloseTo(1, within(0.05));
        assertThat(second.allowed).isCloseTo(7 / 3.0, within(0.05));
        assertThat(third.allowed).isCloseTo(14 / 3.0, within(0.05));
        assertThat(shares.contested()).isTrue();
    }

    @Test
    void nobodyIsHeldBackWhileThereIsEnough() {
        ask(1, 2, 3);

        assertThat(shares.contested()).isFalse();
        for (int i = 0; i < 1_000; i++) {
            assertThat(shares.admits(third, SECOND)).isTrue();
            shares.accepted(third, 1e9);
        }
    }

    @Test
    void theGreedyMayUseTheirPartAndNoMore() {
        ask(1, 20, 0);
        long now = SECOND;
        double used = 0;
        for (int i = 0; i < 100_000; i++) {
            now += 10_000;
            if (shares.admits(second, now)) {
                shares.accepted(second, 1e6);
                used += 1e6;
            }
        }

        assertThat(used / (now - SECOND)).isCloseTo(7, within(0.3));
    }

    @Test
    void theGreedyGetLessWhileTheModestAreRefused() {
        ask(1, 20, 0);
        for (int i = 0; i < 500; i++) {
            shares.refused(first);
            shares.divide(8, SECOND);
        }
        long now = SECOND;
        double used = 0;
        for (int i = 0; i < 100_000; i++) {
            now += 10_000;
            if (shares.admits(second, now)) {
                shares.accepted(second, 1e6);
                used += 1e6;
            }
        }

        assertThat(used / (now - SECOND)).isLessThan(6.2);
    }
}
