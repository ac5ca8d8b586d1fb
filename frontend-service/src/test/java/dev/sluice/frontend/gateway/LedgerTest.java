package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode.Outcome;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void countsWhatHasNoOutcomeAsInFlight() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 7; i++) {
            ledger.accepted();
        }
        ledger.ended(Outcome.ANSWERED);
        ledger.ended(Outcome.ANSWERED);
        ledger.ended(Outcome.SHED);
        assertThat(ledger.acceptedCount()).isEqualTo(7);
        assertThat(ledger.count(Outcome.ANSWERED)).isEqualTo(2);
        assertThat(ledger.count(Outcome.SHED)).isEqualTo(1);
        assertThat(ledger.count(Outcome.EXPIRED)).isZero();
        assertThat(ledger.inFlight()).isEqualTo(4);
    }
}
