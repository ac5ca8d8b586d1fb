package dev.sluice.cli.platform;

import java.time.Duration;

/** The one place where this program sleeps, between two looks at something that cannot call back. */
final class Pause {

    private Pause() {}

    /** False where the thread was interrupted, which then ends the waiting. */
    static boolean of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
