package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.report.Median;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Both sides at one number of connections. The ratios are medians of the rounds' own ratios, and not ratios of medians: the
 * two drives of a round lie next to each other in time, so that what else happens on the machine touches both.
 *
 * @param rounds at least one
 */
record Level(int connections, List<Round> rounds) {

    /** One drive of each side. */
    record Round(Driven echo, Driven tiers) {}

    Measured echo() {
        return Measured.of(rounds.stream().map(Round::echo).toList());
    }

    Measured tiers() {
        return Measured.of(rounds.stream().map(Round::tiers).toList());
    }

    /** Throughput of the tiers, as a share of the echo's. */
    double throughputRatio() {
        return Median.of(
                rounds,
                round -> round.tiers().requestsPerSecond() / round.echo().requestsPerSecond());
    }

    /** Median latency of the tiers, in multiples of the echo's. */
    double p50Ratio() {
        return Median.of(
                rounds, round -> round.tiers().p50Millis() / round.echo().p50Millis());
    }

    /** Cores that each process used while it was driven, in the last round. */
    Map<String, Double> coresUsed() {
        Round last = rounds.get(rounds.size() - 1);
        Map<String, Double> cores = new LinkedHashMap<>(last.echo().coresUsed());
        cores.putAll(last.tiers().coresUsed());
        return cores;
    }
}
