package dev.sluice.benchmarks.callers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {

    private final Account account = new Account(
            5,
            List.of(
                    new Ended(10, 100, End.ANSWERED, 99, 0, ""),
                    new Ended(20, 100, End.ANSWERED, 101, 2, ""),
                    new Ended(40, 500, End.LOST, 3, 0, "second"),
                    new Ended(30, 500, End.EXPIRED, 3, 1, "first")));

    @Test
    void aLateAnswerIsAnAnswerAndNotInTime() {
        assertThat(account.unanswered()).isEqualTo(2);
        assertThat(account.attainment()).isEqualTo(0.25);
        assertThat(account.of(100).attainment()).isEqualTo(0.5);
    }

    @Test
    void partsHaveWhatWasMeantToLeaveInTheirTime() {
        assertThat(account.between(20, 40).ended()).extracting(Ended::at).containsExactly(20L, 30L);
        assertThat(account.between(50, 60).attainment()).isNaN();
    }

    @Test
    void tellsWhatIsMissing() {
        assertThat(account.missing()).isEqualTo(1);
        assertThat(account.turns()).isEqualTo(3);
        assertThat(account.firstWords()).isEqualTo("EXPIRED first");
    }
}
