package dev.sluice.router.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanTest {

    @Test
    void isNothingBeforeItsFirstLook() {
        assertThat(new Mean().value()).isZero();
        assertThat(new Mean().variance()).isZero();
    }

    @Test
    void isCertainWhereAllLooksAreAlike() {
        Mean mean = new Mean();
        for (int look = 1; look <= 10; look++) {
            mean.add(7L * look, look);
        }
        assertThat(mean.value()).isCloseTo(7, within(1e-9));
        assertThat(mean.variance()).isCloseTo(0, within(1e-9));
    }

    /** Batches of ten that take one time: there is as much to learn from them as from a tenth of the queries. */
    @Test
    void isAsUncertainAsMeansAreFarFromTheTruth() {
        Random random = new Random(1);
        double squares = 0;
        double claimed = 0;
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            Mean each = new Mean();
            for (int look = 0; look < 50; look++) {
                int queries = 10 * (1 + random.nextInt(3));
                long nanos = 1_000_000L + random.nextInt(1_000_000);
                each.add(queries * nanos, queries);
            }
            squares += Math.pow(each.value() - 1_500_000, 2) / trials;
            claimed += each.variance() / trials;
        }
        assertThat(claimed / squares).isBetween(0.85, 1.15);
    }
}
