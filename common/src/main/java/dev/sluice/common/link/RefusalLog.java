package dev.sluice.common.link;

import java.util.concurrent.TimeUnit;

/**
 * How many refused peers are worth a line: whoever can reach the port can come again and again, and must not fill the log. Thread-safe.
 */
public final class RefusalLog {

    private static final int MOST_LINES = 100;
    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean begun;
    private long periodBeganNanos;
    private int lines;

    /** What to do about one more. */
    enum Line {
        YES,
        /** Until the minute is over. */
        YES_THE_LAST,
        NO
    }

    synchronized Line next(long now) {
        if (!begun || now - periodBeganNanos >= PERIOD_NANOS) {
            begun = true;
            periodBeganNanos = now;
            lines = 0;
        }
        if (lines == MOST_LINES) {
            return Line.NO;
        }
        return ++lines == MOST_LINES ? Line.YES_THE_LAST : Line.YES;
    }
}
