package dev.sluice.benchmarks.callers;

/**
 * What became of one query.
 *
 * @param at when it was meant to leave, as {@link System#nanoTime()} tells it
 * @param sloMillis that it asked for
 * @param millis from then to its end
 * @param turns to another frontend, since a connection broke
 * @param words of what was no answer
 */
public record Ended(long at, int sloMillis, End end, double millis, int turns, String words) {

    public boolean inTime() {
        return end == End.ANSWERED && millis <= sloMillis;
    }
}
