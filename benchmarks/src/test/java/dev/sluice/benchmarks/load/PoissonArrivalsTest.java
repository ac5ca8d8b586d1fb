package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PoissonArrivalsTest {

    private static final long START = Long.MAX_VALUE - 1_000;

    @Test
    void drawsExponentialGapsOfTheMeanThatIsAsked() {
        PoissonArrivals arrivals = new PoissonArrivals(new Random(1), 1_000, START);
        long before = START;
        double sum = 0;
        double squares = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            long intended = arrivals.take(before);
            double gap = (intended - before) / 1e6;
            before = intended;
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / count;
        assertThat(mean).isCloseTo(1, within(0.02));
        assertThat(Math.sqrt(squares / count - mean * mean))
                .as("as wide as long")
                .isCloseTo(1, within(0.03));
    }

    @Test
    void keepsWhatWasMeantWhoeverIsLate() {
        PoissonArrivals arrivals = new PoissonArrivals(new Random(2), 10, START);
        long first = START + arrivals.untilDue(START);
        assertThat(arrivals.due(first - 1)).isFalse();
        assertThat(arrivals.due(first)).isTrue();
        assertThat(arrivals.take(first + 5_000_000_000L)).isEqualTo(first);
    }

    @Test
    void refusesARateThatIsNone() {
        assertThatThrownBy(() -> new PoissonArrivals(new Random(1), 0, 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new PoissonArrivals(new Random(1), Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
