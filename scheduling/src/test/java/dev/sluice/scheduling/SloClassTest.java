package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SloClassTest {

    @Test
    void budgetsThatAreFarApartAreInDifferentClasses() {
        assertThat(SloClass.of(30_000_000)).isNotEqualTo(SloClass.of(200_000_000));
        assertThat(SloClass.of(150_000_000)).isNotEqualTo(SloClass.of(600_000_000));
    }

    @Test
    void aLargerBudgetIsNeverInALowerClass() {
        int before = 0;
        for (long budget = 1; budget > 0 && budget < Long.MAX_VALUE / 2; budget += 1 + budget / 7) {
            assertThat(SloClass.of(budget)).isGreaterThanOrEqualTo(before);
            before = SloClass.of(budget);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
    void everyBudgetHasAClass(long budget) {
        assertThat(SloClass.of(budget)).isBetween(0, SloClass.COUNT - 1);
    }
}
