package dev.sluice.benchmarks.scaling;

import dev.sluice.scheduling.scaling.Autoscaler;
import dev.sluice.scheduling.scaling.Observation;

/** Who says how many replicas there are to be. */
interface Sizing {

    /** @param second from the start */
    int wanted(Observation seen, double second, long now);

    /** The production autoscaler. */
    static Sizing auto(Scenario scenario) {
        Autoscaler autoscaler = new Autoscaler(scenario.rules());
        return (seen, second, now) -> autoscaler.decide(seen, now).wanted();
    }

    static Sizing fixed(int replicas) {
        return (seen, second, now) -> replicas;
    }

    /** Who knows the rates beforehand, and for how long a replica starts: what is needed then, and not before. */
    static Sizing oracle(Scenario scenario) {
        return (seen, second, now) -> scenario.needed(scenario.load()
                .mostBetween(second, second + ScalingSimulation.START_SECONDS + ScalingSimulation.TICK_SECONDS));
    }
}
