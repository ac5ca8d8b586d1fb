package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    @Test
    void tellsWhatIsSavedUp() {
        RetryBudget budget = new RetryBudget(0.5);
        budget.earn();
        budget.earn();
        budget.earn();
        assertThat(budget.saved()).isEqualTo(1.5);
        budget.spend();
        assertThat(budget.saved()).isEqualTo(0.5);
    }

    @Test
    void retriesAreAtMostTheirShareOfTheTraffic() {
        RetryBudget budget = new RetryBudget(0.1);
        int retries = 0;
        for (int i = 0; i < 10_000; i++) {
            budget.earn();
            retries += budget.spend() ? 1 : 0;
        }

        assertThat(retries).isBetween(990, 1_000);
    }

    @Test
    void aQuietTimeSavesUpOnlySoMuch() {
        RetryBudget budget = new RetryBudget(0.1);
        for (int i = 0; i < 1_000_000; i++) {
            budget.earn();
        }
        int retries = 0;
        while (budget.spend()) {
            retries++;
        }

        assertThat(retries).isEqualTo(100);
    }

    @Test
    void refusesAShareThatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(Double.NaN));
    }
}
