package dev.sluice.benchmarks.protocols.noop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LapsTest {

    @Test
    void countsWhatIsAnsweredInItsTimeAndThenEnds() throws Exception {
        Laps laps = new Laps(1, Duration.ZERO, Duration.ofMillis(200));
        int answered = 0;
        while (laps.answered(System.nanoTime())) {
            answered++;
        }
        assertThat(answered).isPositive();
        assertThat(laps.result().requestsPerSecond()).isEqualTo(answered * 5.0);
    }

    @Test
    void countsNothingOfTheLeadIn() throws Exception {
        Laps laps = new Laps(1, Duration.ofDays(1), Duration.ZERO);
        assertThat(laps.answered(System.nanoTime())).isTrue();
        Laps over = new Laps(1, Duration.ZERO, Duration.ZERO);
        assertThat(over.answered(System.nanoTime())).isFalse();
    }

    @Test
    void endsWithWhatFailed() {
        Laps laps = new Laps(2, Duration.ZERO, Duration.ofDays(1));
        laps.failed(new IOException("gone"));
        assertThat(laps.answered(System.nanoTime())).isFalse();
        assertThatThrownBy(laps::result).hasMessage("gone");
    }
}
