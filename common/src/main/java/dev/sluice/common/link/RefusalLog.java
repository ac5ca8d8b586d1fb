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

    /** Whether one more may be logged. */
    synchronized boolean takes(long now) {
        if (!begun || now - periodBeganNanos >= PERIOD_NANOS) {
            begun = true;
            periodBeganNanos = now;
            lines = 0;
        }
        return ++lines <= MOST_LINES;
    }

    /** Whether the line is the last one of its minute. */
    synchronized boolean isLast() {
        return lines == MOST_LINES;
    }
}
