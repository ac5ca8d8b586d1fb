package dev.sluice.benchmarks.scaling;

import dev.sluice.benchmarks.schedule.ArrivalProcess;
import java.util.ArrayList;
import java.util.List;

/** All that the autoscaler is tried with. */
final class Scenarios {

    static final double STEP_UP = 60.1;
    static final double STEP_DOWN = 120.1;
    static final double STEP_LOW = 0.3;
    static final double STEP_HIGH = 3;

    private Scenarios() {}

    static List<Scenario> steps() {
        Load load = Load.of(STEP_UP, STEP_LOW, STEP_DOWN - STEP_UP, STEP_HIGH, 100, STEP_LOW);
        return List.of(
                Scenario.quick("step 0.3x, 3x, 0.3x", ArrivalProcess.POISSON, load),
                Scenario.slow("step, slow model", ArrivalProcess.POISSON, load));
    }

    /**
     * At 1.06x a little more than six replicas are needed, which makes seven: where a fleet that is a little too small shows.
     *
     * @param seconds ten minutes, where it is to mean something
     */
    static List<Scenario> bursty(double seconds) {
        List<Scenario> scenarios = new ArrayList<>();
        for (double factor : new double[] {1, 1.06}) {
            scenarios.add(Scenario.quick("Gamma CV 4 " + factor + "x", ArrivalProcess.GAMMA, Load.of(seconds, factor)));
        }
        for (double factor : new double[] {0.3, 1, 1.06, 3}) {
            scenarios.add(Scenario.slow(
                    "Gamma CV 4 " + factor + "x, slow model", ArrivalProcess.GAMMA, Load.of(seconds, factor)));
        }
        return scenarios.stream()
                .map(each -> each.settledFrom(settled(seconds)))
                .toList();
    }

    /** From one replica to what is needed takes less than that, but where queries are few. */
    private static double settled(double seconds) {
        return Math.min(60, seconds / 2);
    }

    static Scenario modulated(double seconds, long seed) {
        return Scenario.quick("MMPP", ArrivalProcess.POISSON, Load.bursts(seconds, seed))
                .settledFrom(settled(seconds));
    }

    static Scenario tide(double seconds) {
        return Scenario.quick("tide 0.25x - 2.25x", ArrivalProcess.POISSON, Load.tide(seconds, seconds / 2));
    }

    /** A minute of traffic, two of silence, one of traffic again; queries may wait for as long as a replica starts. */
    static Scenario idle() {
        return Scenario.quick("idle to zero and back", ArrivalProcess.POISSON, Load.of(60, 0.3, 120, 0, 60, 0.3))
                .by(Scenario.rules(0, 30, 60), 5);
    }
}
