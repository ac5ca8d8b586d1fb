package dev.sluice.system.observe.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {

    @Test
    void areRoundNumbersFromEndToEnd() {
        assertThat(Ticks.between(0, 1, 1)).containsExactly(0.0, 0.5, 1.0);
        assertThat(Ticks.between(0, 700, 1)).containsExactly(0.0, 200.0, 400.0, 600.0);
        assertThat(Ticks.between(-6, 4, 1)).containsExactly(-5.0, 0.0);
    }

    @Test
    void areRoundInTheUnitThatTheyAreWrittenIn() {
        assertThat(Ticks.between(0, 150, 60)).containsExactly(0.0, 60.0, 120.0);
        assertThat(Unit.BYTES.size(5_000_000)).isEqualTo(1024 * 1024);
    }

    @Test
    void knowNoZeroBelowZero() {
        assertThat(Double.doubleToRawLongBits(Ticks.between(0, 3, 1).get(0))).isZero();
    }
}
