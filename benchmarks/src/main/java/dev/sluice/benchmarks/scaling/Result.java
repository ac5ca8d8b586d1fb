package dev.sluice.benchmarks.scaling;

import dev.sluice.benchmarks.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One scenario over all seeds: under the autoscaler, under who knows the load beforehand, and with as many replicas all the time
 * as the mean load needs.
 */
record Result(Scenario scenario, List<Outcome> auto, List<Outcome> oracle, List<Outcome> fixed) {

    /** The part of the need from which on it counts as met: with so many, 80 % of the replicas' time are used instead of 70. */
    static final double COVERED = 0.875;

    static String[] headings() {
        return new String[] {
            "scenario",
            "first up after s",
            "need met after s",
            "turns",
            "attained %",
            "oracle %",
            "fixed %",
            "settled %",
            "fixed settled %",
            "replica-s of oracle %"
        };
    }

    private boolean steps() {
        return scenario.name().startsWith("step");
    }

    /** From the step until more was wanted, of the worst seed. */
    double firstUp() {
        return worst(
                auto,
                outcome -> outcome.secondsUntil(
                        Scenarios.STEP_UP,
                        1 + outcome.wanted[(int) (Scenarios.STEP_UP / ScalingSimulation.TICK_SECONDS)]));
    }

    /** From the step until nearly all was wanted that it needs, of the worst seed. */
    double covered() {
        double needed = COVERED * scenario.need(Scenarios.STEP_HIGH);
        return worst(auto, outcome -> outcome.secondsUntil(Scenarios.STEP_UP, needed));
    }

    /** Changes of direction, of the worst seed. */
    double turns() {
        return worst(auto, Outcome::changesOfDirection);
    }

    double attainment(List<Outcome> outcomes, double from) {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.attainment(from))
                .average()
                .orElseThrow();
    }

    boolean settles() {
        return scenario.settled() < Double.POSITIVE_INFINITY;
    }

    double settled(List<Outcome> outcomes) {
        return attainment(outcomes, scenario.settled());
    }

    double replicaSecondsOfOracle() {
        return replicaSeconds(auto) / replicaSeconds(oracle);
    }

    private static double replicaSeconds(List<Outcome> outcomes) {
        return outcomes.stream().mapToDouble(outcome -> outcome.replicaSeconds).sum();
    }

    private static double worst(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        return outcomes.stream().mapToDouble(value).max().orElseThrow();
    }

    void addTo(Table table) {
        table.row(
                scenario.name(),
                steps() ? Table.decimals(firstUp(), 2) : "",
                steps() ? Table.decimals(covered(), 2) : "",
                Table.count(turns()),
                percent(attainment(auto, 0)),
                percent(attainment(oracle, 0)),
                percent(attainment(fixed, 0)),
                settles() ? percent(settled(auto)) : "",
                settles() ? percent(settled(fixed)) : "",
                Table.decimals(100 * replicaSecondsOfOracle(), 0));
    }

    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("scenario", scenario.name());
        row.put("seeds", auto.size());
        if (steps()) {
            row.put("first_up_s", firstUp());
            row.put("need_met_s", covered());
        }
        row.put("turns", turns());
        row.put("attainment", attainment(auto, 0));
        row.put("attainment_oracle", attainment(oracle, 0));
        row.put("attainment_fixed", attainment(fixed, 0));
        if (settles()) {
            row.put("settled", settled(auto));
            row.put("settled_fixed", settled(fixed));
        }
        row.put("replica_seconds", replicaSeconds(auto));
        row.put("replica_seconds_oracle", replicaSeconds(oracle));
        row.put("replica_seconds_fixed", replicaSeconds(fixed));
        return row;
    }

    private static String percent(double part) {
        return Table.decimals(100 * part, 2);
    }
}
