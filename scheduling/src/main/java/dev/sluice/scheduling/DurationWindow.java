package dev.sluice.scheduling;

import java.util.Arrays;

/** The last few durations, kept in sorted order too, so that a quantile is a look-up. Allocates nothing once made. */
final class DurationWindow {

    private final long[] ring;
    private final long[] sorted;
    private int next;
    private int count;

    DurationWindow(int length) {
        ring = new long[length];
        sorted = new long[length];
    }

    void add(long duration) {
        if (count == ring.length) {
            forget(ring[next]);
        }
        int at = Arrays.binarySearch(sorted, 0, count, duration);
        int place = at < 0 ? -at - 1 : at;
        System.arraycopy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = duration;
        count++;
        ring[next] = duration;
        next = next + 1 == ring.length ? 0 : next + 1;
    }

    int count() {
        return count;
    }

    /** The smallest recorded duration that at least so many of a hundred do not exceed. Asked only after the first add. */
    long percentile(int percent) {
        return sorted[(percent * count + 99) / 100 - 1];
    }

    /** The middle one, the lower of two. Asked only after the first add. */
    long median() {
        return sorted[(count - 1) / 2];
    }

    /** The least. Asked only after the first add. */
    long least() {
        return sorted[0];
    }

    void clear() {
        next = 0;
        count = 0;
    }

    private void forget(long duration) {
        int at = Arrays.binarySearch(sorted, 0, count, duration);
        count--;
        System.arraycopy(sorted, at + 1, sorted, at, count - at);
    }
}
