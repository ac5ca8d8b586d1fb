package dev.sluice.cli.call;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How soon the answer is wanted.
 *
 * @param slo null: the actor's own
 * @param priority null: unset
 */
record Urgency(@Nullable Duration slo, @Nullable Integer priority) {

    /** What an answer that is on time may take at most, with a margin for the way. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private static final int NANO_DIGITS = 6;

    /** In milliseconds, as short as it can be written. */
    @Nullable String sloMillis() {
        return slo == null
                ? null
                : BigDecimal.valueOf(slo.toNanos(), NANO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    @Nullable Duration patience() {
        return slo == null ? null : slo.plus(MARGIN);
    }
}
