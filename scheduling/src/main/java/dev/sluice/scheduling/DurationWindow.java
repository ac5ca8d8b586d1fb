package dev.sluice.scheduling;

import java.util.Arrays;

/** The last few durations, kept in sorted order too, so that a quantile is a look-up. Allocates nothing once made. */
final class DurationWindow {

    private static final int LENGTH = 32;

    private final long[] ring = new long[LENGTH];
    private final long[] sorted = new long[LENGTH];
    private int next;
    private int count;

    void add(long duration) {
        if (count == LENGTH) {
            forget(ring[next]);
        }
        int at = Arrays.binarySearch(sorted, 0, count, duration);
        int place = at < 0 ? -at - 1 : at;
        System.arraycopy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = duration;
        count++;
        ring[next] = duration;
        next = (next + 1) % LENGTH;
    }

    /** The smallest recorded duration that at least three in four do not exceed. Asked only after the first add. */
    long upperQuartile() {
        return sorted[(3 * count + 3) / 4 - 1];
    }

    private void forget(long duration) {
        int at = Arrays.binarySearch(sorted, 0, count, duration);
        count--;
        System.arraycopy(sorted, at + 1, sorted, at, count - at);
    }
}
