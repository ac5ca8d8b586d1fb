package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.report.Median;
import java.util.List;

/**
 * What came out for one question.
 *
 * @param name of it
 * @param rounds of all sides
 */
record SqlCompared(String name, List<Round> rounds) {

    /**
     * Queries per second.
     *
     * @param direct DuckDB in one process, many queries in a run
     * @param together through three tiers, many in a run
     * @param alone through three tiers, one by one
     */
    record Round(double direct, double together, double alone) {}

    double direct() {
        return Median.of(rounds, Round::direct);
    }

    double together() {
        return Median.of(rounds, Round::together);
    }

    double alone() {
        return Median.of(rounds, Round::alone);
    }

    double share() {
        return Median.of(rounds, round -> round.together() / round.direct());
    }

    double gain() {
        return Median.of(rounds, round -> round.together() / round.alone());
    }
}
