package dev.sluice.benchmarks.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

    private static final double SECOND = 1e9;

    private static Tally run(Workload workload, Policy policy, long seed) {
        return new Simulation(workload, policy, seed, SECOND, SECOND).run();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Workload workload = Workload.standard("again", 1.2).with(Workload.Conditions.CALM.noise(0.1));

        assertThat(run(workload, Policy.DEADLINE, 7).good).isEqualTo(run(workload, Policy.DEADLINE, 7).good);
        assertThat(run(workload, Policy.DEADLINE, 7).offered).isNotEqualTo(run(workload, Policy.DEADLINE, 8).offered);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void everyQueryEndsOnceWhoeverSchedules(Policy policy) {
        Tally tally = run(Workload.standard("half", 0.5), policy, 1);

        assertThat(tally.totalGood() + tally.late + tally.shedOnArrival + tally.shedLater)
                .isEqualTo(tally.totalOffered());
        assertThat(tally.attainment()).isGreaterThan(0.99);
    }

    @Test
    void theProductionSchedulerHoldsWhereFirstComeFirstServedCollapses() {
        Workload overload = Workload.standard("overload", 1.5);
        Tally deadline = run(overload, Policy.DEADLINE, 1);
        Tally fifo = run(overload, Policy.FIFO, 1);

        assertThat(deadline.attainment()).isGreaterThan(0.6);
        assertThat(fifo.attainment()).isLessThan(0.1);
    }

    @Test
    void refusedClientsComeBack() {
        Workload overload = Workload.standard("overload", 2);
        Tally once = run(overload, Policy.DEADLINE, 1);
        Tally again = run(overload.with(Workload.Conditions.CALM.retrying(3)), Policy.DEADLINE, 1);

        assertThat(again.shedOnArrival).isGreaterThan(once.shedOnArrival);
    }

    @Test
    void arrivalsComeAtTheirMeanRate() {
        for (ArrivalProcess.Kind kind : new ArrivalProcess.Kind[] {ArrivalProcess.POISSON, ArrivalProcess.GAMMA}) {
            ArrivalProcess arrivals = kind.start(1e-3, new java.util.SplittableRandom(3));
            double last = 0;
            for (int i = 0; i < 200_000; i++) {
                last = arrivals.next();
            }
            assertThat(200_000 / last).isBetween(0.95e-3, 1.05e-3);
        }
    }

    @Test
    void everyQueryEndsOnceWhateverTheConditions() {
        Workload.Conditions calm = Workload.Conditions.CALM;
        for (Workload.Conditions conditions : new Workload.Conditions[] {
            calm.tail(0.4),
            calm.far(2e6),
            calm.unexplored(),
            calm.pausing(1e9).cancelling(),
            calm.far(5e6).cancelling()
        }) {
            for (double load : new double[] {0.8, 1.5}) {
                Tally tally = run(Workload.standard("any", load).with(conditions), Policy.DEADLINE, 3);

                assertThat(tally.totalGood() + tally.late + tally.shedOnArrival + tally.shedLater)
                        .as("%s at %s", conditions, load)
                        .isEqualTo(tally.totalOffered());
            }
        }
    }

    @Test
    void aRoundTripCostsNoReplicaTimeWhereBatchesAreStaged() {
        Workload near = Workload.standard("near", 1.5);
        Tally far = run(near.with(Workload.Conditions.CALM.far(4e6)), Policy.DEADLINE, 1);

        assertThat(far.attainment())
                .isGreaterThan(0.97 * run(near, Policy.DEADLINE, 1).attainment());
        assertThat(far.late).isZero();
    }

    @Test
    void learnsFromTrafficAloneWithinASecond() {
        Workload workload = Workload.standard("fresh", 2).with(Workload.Conditions.CALM.unexplored());
        Tally tally = new Simulation(workload, Policy.DEADLINE, 1, SECOND, SECOND).run();

        assertThat(tally.attainment()).isGreaterThan(0.45);
        assertThat(tally.shedLater).isLessThan(tally.shedOnArrival / 100);
    }

    @Test
    void aBatchThatNobodyWaitsForIsInterrupted() {
        Workload pausing = Workload.standard("pauses", 0.5).with(Workload.Conditions.CALM.pausing(0.2e9));
        Tally patient = run(pausing, Policy.DEADLINE, 1);
        Tally gone = run(pausing.with(Workload.Conditions.CALM.pausing(0.2e9).cancelling()), Policy.DEADLINE, 1);

        assertThat(patient.interrupted).isZero();
        assertThat(gone.interrupted).isPositive();
        assertThat(gone.attainment()).isGreaterThanOrEqualTo(patient.attainment());
    }
}
