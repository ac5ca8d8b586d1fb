package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import java.util.List;
import java.util.Map;

/**
 * How a scenario went.
 *
 * @param name the scenario's
 * @param flow what became of its queries
 * @param samples how the actor stood, in order
 * @param events of the actor, in order
 * @param marks what the bench did and saw, in order
 * @param figures what was measured beside the bars, by name
 * @param bars what has to hold
 */
record Story(
        String name,
        Flow flow,
        List<Sample> samples,
        List<Happened> events,
        List<Mark> marks,
        Map<String, Object> figures,
        List<Bar> bars) {

    double seconds() {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).at();
    }
}
