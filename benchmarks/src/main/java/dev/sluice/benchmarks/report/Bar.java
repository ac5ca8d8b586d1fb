package dev.sluice.benchmarks.report;

import java.util.Locale;

/**
 * Something that a measured value has to reach.
 *
 * @param name what was measured
 * @param value what came out
 * @param bar what it has to be, as people write it
 * @param holds whether it is; never for a value that is not a number
 */
public record Bar(String name, double value, String bar, boolean holds) {

    public static Bar atLeast(String name, double value, double bar) {
        return new Bar(name, value, ">= " + text(bar), value >= bar);
    }

    public static Bar atMost(String name, double value, double bar) {
        return new Bar(name, value, "<= " + text(bar), value <= bar);
    }

    private static String text(double bar) {
        return bar == Math.rint(bar) ? Long.toString((long) bar) : String.format(Locale.ROOT, "%s", bar);
    }
}
