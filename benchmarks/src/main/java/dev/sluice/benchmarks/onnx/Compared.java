package dev.sluice.benchmarks.onnx;

import dev.sluice.benchmarks.report.Median;
import java.util.List;

/**
 * What came out for one model.
 *
 * @param model its name
 * @param bareBatch the batch size of the bare loop
 * @param rounds of all sides
 */
record Compared(String model, int bareBatch, List<Round> rounds) {

    /**
     * Queries per second.
     *
     * @param bare ONNX Runtime in a loop
     * @param served through three tiers, in batches
     * @param alone through three tiers, query by query
     */
    record Round(double bare, double served, double alone) {}

    double bare() {
        return Median.of(rounds, Round::bare);
    }

    double served() {
        return Median.of(rounds, Round::served);
    }

    double alone() {
        return Median.of(rounds, Round::alone);
    }

    double bareMillis() {
        return 1e3 / bare();
    }

    /** Round by round: the machine may slow down between them. */
    double share() {
        return Median.of(rounds, round -> round.served() / round.bare());
    }

    double gain() {
        return Median.of(rounds, round -> round.served() / round.alone());
    }
}
