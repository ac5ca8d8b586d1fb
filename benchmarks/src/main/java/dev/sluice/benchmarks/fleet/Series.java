package dev.sluice.benchmarks.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A story in even steps of time, as charts draw it.
 *
 * @param step in seconds
 * @param offered queries per second that were meant to leave, step by step
 * @param unanswered likewise, of those that got no answer
 * @param wanted replicas at the end of each step
 * @param ready likewise
 */
record Series(double step, double[] offered, double[] unanswered, double[] wanted, double[] ready) {

    private static final int MOST_STEPS = 240;
    private static final double SHORTEST = 0.25;

    static Series of(Story story) {
        double step = Math.max(SHORTEST, Math.ceil(story.seconds() / MOST_STEPS / SHORTEST) * SHORTEST);
        int steps = Math.max(1, (int) Math.ceil(story.seconds() / step));
        double[] offered = new double[steps];
        double[] unanswered = new double[steps];
        double[] wanted = new double[steps];
        double[] ready = new double[steps];
        List<Sample> samples = story.samples();
        int seen = 0;
        for (int i = 0; i < steps; i++) {
            offered[i] = story.flow().queries(i * step, (i + 1) * step) / step;
            unanswered[i] = story.flow().unanswered(i * step, (i + 1) * step) / step;
            while (seen + 1 < samples.size() && samples.get(seen + 1).at() <= (i + 1) * step) {
                seen++;
            }
            wanted[i] = samples.isEmpty() ? 0 : samples.get(seen).wanted();
            ready[i] = samples.isEmpty() ? 0 : samples.get(seen).readyInAll();
        }
        return new Series(step, offered, unanswered, wanted, ready);
    }

    /** The step that a moment is in. */
    int index(double at) {
        return Math.max(0, Math.min(offered.length - 1, (int) (at / step)));
    }

    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < offered.length; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("second", i * step);
            row.put("offered_per_second", offered[i]);
            row.put("not_answered_per_second", unanswered[i]);
            row.put("wanted", wanted[i]);
            row.put("ready", ready[i]);
            rows.add(row);
        }
        return rows;
    }
}
