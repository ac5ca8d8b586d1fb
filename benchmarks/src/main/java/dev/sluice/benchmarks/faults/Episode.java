package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import java.util.ArrayList;
import java.util.List;

/**
 * When something was wrong; times as {@link System#nanoTime()} tells them.
 *
 * @param from when it began
 * @param over when it began to be put right
 * @param ready when the last process was ready again
 * @param bars what had to hold of it, beside what has to hold of all
 */
record Episode(long from, long over, long ready, List<Bar> bars) {

    Episode with(Bar... more) {
        List<Bar> all = new ArrayList<>(bars);
        all.addAll(List.of(more));
        return new Episode(from, over, ready, List.copyOf(all));
    }

    double seconds() {
        return (ready - from) / 1e9;
    }
}
