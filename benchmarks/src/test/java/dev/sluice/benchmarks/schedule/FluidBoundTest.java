package dev.sluice.benchmarks.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.benchmarks.schedule.Workload.SloShare;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FluidBoundTest {

    private static final double SECOND = 1e9;

    private final Workload oneClass = Workload.standard("one", 1);
    private final Workload twoClasses = oneClass.slos(new SloShare(30e6, 0.5), new SloShare(200e6, 0.5));

    @Test
    void eightReplicasDoSoManyQueriesPerSecond() {
        assertThat(new FluidBound(oneClass).unitRate() * SECOND).isCloseTo(6_959, within(1.0));
    }

    @Test
    void twoReplicasOfTheDemoModelDoSoMany() {
        Workload model = oneClass.slos(new SloShare(200e6, 1)).on(2, new BatchCost(4e6, 20e6, 28));

        assertThat(new FluidBound(model).unitRate() * SECOND).isCloseTo(424, within(1.0));
    }

    @Test
    void noMoreThanIsOfferedAndNoMoreThanCanBeDone() {
        FluidBound bound = new FluidBound(oneClass);

        assertThat(bound.most(new double[] {1_000}, SECOND)).isEqualTo(1_000);
        assertThat(bound.most(new double[] {50_000}, SECOND)).isCloseTo(6_959, within(1.0));
    }

    @Test
    void theClassThatCostsLessIsServedFirst() {
        FluidBound bound = new FluidBound(twoClasses);

        assertThat(bound.most(new double[] {0, 50_000}, SECOND))
                .isCloseTo(bound.most(new double[] {50_000, 50_000}, SECOND), within(1.0));
        assertThat(bound.most(new double[] {50_000, 0}, SECOND))
                .isLessThan(bound.most(new double[] {0, 50_000}, SECOND));
    }

    @Test
    void fairIsAnEqualPartOfTheTimeUnlessLessIsAskedFor() {
        FluidBound bound = new FluidBound(twoClasses);
        double[] alone = bound.fair(new double[] {0, 50_000}, SECOND);
        double[] both = bound.fair(new double[] {50_000, 50_000}, SECOND);

        assertThat(both[1]).isCloseTo(alone[1] / 2, within(1.0));
        assertThat(bound.fair(new double[] {100, 50_000}, SECOND)[0]).isEqualTo(100);
    }

    @Test
    void aRateThatChangesIsFollowed() {
        ArrivalProcess step = ArrivalProcess.STEP.start(6_959 / SECOND, new SplittableRandom(1));
        while (step.next() < Modulated.STEP_DOWN_NANOS + SECOND) {
            // The phases are known once they are passed.
        }
        double before = new FluidBound(oneClass).most(step, 6_959 / SECOND, 0, SECOND);
        double during = new FluidBound(oneClass)
                .most(step, 6_959 / SECOND, Modulated.STEP_UP_NANOS, Modulated.STEP_UP_NANOS + SECOND);

        assertThat(before).isCloseTo(3_480, within(10.0));
        assertThat(during).isCloseTo(6_959, within(10.0));
    }
}
