package dev.sluice.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.benchmarks.schedule.ArrivalProcess;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {

    private final Load step = Load.of(10, 0.5, 10, 0, 10, 3);

    private static int[] perPiece(Load load, ArrivalProcess.Kind kind) {
        Load.Arrivals arrivals = load.arrivals(kind, 1_000, new SplittableRandom(4));
        int[] counts = new int[load.ends().size()];
        for (double at = arrivals.next(); at < Double.POSITIVE_INFINITY; at = arrivals.next()) {
            int piece = 0;
            while (at > load.ends().get(piece)) {
                piece++;
            }
            counts[piece]++;
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arrivalsFollowTheRateOfTheMoment(boolean bursty) {
        int[] counts = perPiece(step, bursty ? ArrivalProcess.GAMMA : ArrivalProcess.POISSON);

        assertThat(counts[0]).isCloseTo(5_000, within(1_200));
        assertThat(counts[1]).isZero();
        assertThat(counts[2]).isCloseTo(30_000, within(3_000));
    }

    @Test
    void saysWhatIsAskedForWhen() {
        assertThat(step.seconds()).isEqualTo(30);
        assertThat(step.factorAt(0)).isEqualTo(0.5);
        assertThat(step.factorAt(10)).isZero();
        assertThat(step.factorAt(29.9)).isEqualTo(3);
        assertThat(step.mostBetween(0, 9)).isEqualTo(0.5);
        assertThat(step.mostBetween(11, 19)).isZero();
        assertThat(step.mostBetween(11, 20.5)).isEqualTo(3);
        assertThat(step.mean()).isCloseTo(3.5 / 3, within(1e-9));
    }

    @Test
    void aTideAndBurstsHaveAMeanOfTheirOwn() {
        assertThat(Load.tide(600, 300).mean()).isCloseTo(1.25, within(0.01));
        assertThat(Load.bursts(2_000, 1).mean()).isCloseTo(1, within(0.1));
    }
}
