package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private final RetryBudget budget = new RetryBudget();

    private int spendAll() {
        int spent = 0;
        while (budget.spend()) {
            spent++;
        }
        return spent;
    }

    @Test
    void allowsABurstAtFirst() {
        assertThat(spendAll()).isEqualTo(RetryBudget.MOST_SAVED);
        assertThat(budget.saved()).isZero();
    }

    @Test
    void allowsATenthOfTheTrafficInTheLongRun() {
        spendAll();
        int spent = 0;
        for (int i = 0; i < 10_000; i++) {
            budget.earn();
            spent += budget.spend() ? 1 : 0;
        }
        assertThat(spent).isEqualTo(1_000);
    }

    @Test
    void savesNoMoreThanABurst() {
        for (int i = 0; i < 100_000; i++) {
            budget.earn();
        }
        assertThat(spendAll()).isEqualTo(RetryBudget.MOST_SAVED);
    }
}
