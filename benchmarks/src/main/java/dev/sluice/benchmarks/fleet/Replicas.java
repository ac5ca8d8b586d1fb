package dev.sluice.benchmarks.fleet;

import java.util.List;

/** What can be told from how many replicas there were over time. */
final class Replicas {

    private Replicas() {}

    /** How often what is wanted went another way than before; its first move counts. */
    static int changesOfDirection(List<Sample> samples) {
        int changes = 0;
        int direction = 0;
        for (int i = 1; i < samples.size(); i++) {
            int move =
                    Integer.signum(samples.get(i).wanted() - samples.get(i - 1).wanted());
            if (move != 0 && move != direction) {
                changes++;
                direction = move;
            }
        }
        return changes;
    }

    static int mostWanted(List<Sample> samples) {
        return samples.stream().mapToInt(Sample::wanted).max().orElse(0);
    }

    /** When more were ready than at that moment, in seconds from the start; NaN where that never was. */
    static double firstMoreThanAt(List<Sample> samples, double at) {
        int before = 0;
        for (Sample sample : samples) {
            if (sample.at() <= at) {
                before = sample.readyInAll();
            } else if (sample.readyInAll() > before) {
                return Double.isNaN(at) ? Double.NaN : sample.at();
            }
        }
        return Double.NaN;
    }
}
