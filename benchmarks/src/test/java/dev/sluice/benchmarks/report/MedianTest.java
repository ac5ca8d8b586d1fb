package dev.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void isTheMiddleOne() {
        assertThat(Median.of(9, 1, 5)).isEqualTo(5);
        assertThat(Median.of(4)).isEqualTo(4);
    }

    @Test
    void isTheMeanOfTheTwoInTheMiddle() {
        assertThat(Median.of(10, 1, 2, 4)).isEqualTo(3);
    }

    @Test
    void isNotMovedByOneDisturbedRound() {
        assertThat(Median.of(30_000, 31_000, 200, 29_000, 30_500)).isEqualTo(30_000);
    }

    @Test
    void leavesTheRoundsInTheirOrder() {
        double[] rounds = {3, 1, 2};
        Median.of(rounds);
        assertThat(rounds).containsExactly(3, 1, 2);
    }

    @Test
    void looksAtOneValueOfEachRound() {
        assertThat(Median.of(List.of("a", "ccc", "bb"), String::length)).isEqualTo(2);
    }

    @Test
    void refusesToInventOneOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(Median::of);
    }
}
