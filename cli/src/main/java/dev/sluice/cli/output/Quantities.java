package dev.sluice.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times as people write them. */
public final class Quantities {

    private static final long KILO = 1024;
    private static final long MEGA = KILO * KILO;
    private static final long GIGA = KILO * MEGA;

    private Quantities() {}

    public static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        if (bytes < MEGA) {
            return bytes / KILO + " kB";
        }
        return bytes < GIGA ? bytes / MEGA + " MB" : String.format(Locale.ROOT, "%.2f GB", (double) bytes / GIGA);
    }

    /** The two largest units that are not zero: {@code 3m 12s}. */
    public static String time(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + "m " + time.toSecondsPart() + "s" : time.toSeconds() + "s";
    }
}
