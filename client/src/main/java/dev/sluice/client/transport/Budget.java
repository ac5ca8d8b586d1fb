package dev.sluice.client.transport;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is left of a call's SLO when somebody asks: what waited for a connection has less. */
@FunctionalInterface
public interface Budget {

    /** Null where the call has no SLO. */
    @Nullable Duration left();

    /** In milliseconds with a fraction, never less than a thousandth; null where the call has no SLO. */
    default @Nullable String leftMillis() {
        Duration left = left();
        if (left == null) {
            return null;
        }
        long micros = Math.max(1, left.toNanos() / 1_000);
        return micros / 1_000 + "." + String.format(Locale.ROOT, "%03d", micros % 1_000);
    }
}
