package dev.sluice.benchmarks.faults;

/** A time, as {@link System#nanoTime()} tells it: from the one on, and before the other. */
record Span(long from, long until) {

    boolean has(long at) {
        return at - from >= 0 && at - until < 0;
    }
}
