package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransportCostTest {

    private final TransportCost cost = new TransportCost();

    @Test
    void isNothingBeforeItIsMeasured() {
        assertThat(cost.nanos()).isZero();
    }

    @Test
    void isWhatWasMeasuredFirst() {
        cost.measured(800);
        assertThat(cost.nanos()).isEqualTo(800);
    }

    @Test
    void isNeverNegativeWhateverTheHostSays() {
        cost.measured(-5);
        assertThat(cost.nanos()).isZero();
    }

    @Test
    void followsWhatLastsAndForgetsWhatPassed() {
        cost.measured(800);
        cost.measured(80_000);
        for (int i = 0; i < 50; i++) {
            cost.measured(800);
        }
        assertThat(cost.nanos()).isBetween(800L, 1_000L);
    }

    @Test
    void fadesWhileBatchesEndWhoseWayCannotBeSeen() {
        cost.measured(30_000_000);
        for (int i = 0; i < 40; i++) {
            cost.notSeen();
        }
        assertThat(cost.nanos()).isLessThan(200_000);
    }
}
