package dev.sluice.router.fleet.goal;

import java.time.Duration;

/** Durations as operators write them. */
public final class Times {

    private Times() {}

    /** For instance {@code 250ms}, {@code 10s} or {@code 90m}: in the largest unit that needs no fraction. */
    public static String text(Duration time) {
        long seconds = time.getSeconds();
        if (time.getNano() != 0) {
            return time.getNano() % 1_000_000 == 0 && Math.abs(seconds) < Long.MAX_VALUE / 1_000 - 1
                    ? time.toMillis() + "ms"
                    : time.toString();
        }
        if (seconds == 0) {
            return "0s";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static String text(long millis) {
        return text(Duration.ofMillis(millis));
    }
}
