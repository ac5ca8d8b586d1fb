package dev.sluice.benchmarks.overload;

import java.time.Duration;
import java.util.List;

/**
 * What is offered, and for how long.
 *
 * @param scenarios the mixes of SLO classes, in order
 * @param loads multiples of what the replicas can do, in order
 * @param warmUp at each scenario's first load, per side
 * @param leadIn of every run: is sent, does not count
 * @param measured of every run
 */
record OverloadPlan(List<Scenario> scenarios, List<Double> loads, Duration warmUp, Duration leadIn, Duration measured) {

    /**
     * @param name for people
     * @param classes whose shares add up to 1
     */
    record Scenario(String name, List<SloClass> classes) {}

    static final Scenario ONE_CLASS = new Scenario("one class", List.of(new SloClass(200, 1)));

    static final Scenario TWO_CLASSES =
            new Scenario("two classes", List.of(new SloClass(150, 0.5), new SloClass(600, 0.5)));

    private static final List<Double> LOADS = List.of(0.5, 0.8, 0.9, 1.0, 1.2, 2.0, 5.0);

    /** About ten minutes with two sides. */
    static OverloadPlan full() {
        return new OverloadPlan(
                List.of(ONE_CLASS, TWO_CLASSES),
                LOADS,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15));
    }

    /** A smoke run of some 8 s and the time that processes take to start: everything happens, no number means much. */
    static OverloadPlan quick() {
        return new OverloadPlan(
                List.of(ONE_CLASS),
                List.of(0.5, 2.0),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(2));
    }
}
