package dev.sluice.frontend.gateway;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a query that was accepted ended.
 *
 * @param code why there is no result; null where there is one
 * @param nanos since it was accepted
 * @param withinSlo whether it was answered, and the answer (of a stream: its first item) was there within the SLO
 */
public record Ending(@Nullable ErrorCode code, long nanos, boolean withinSlo) {

    public Outcome outcome() {
        return code == null ? Outcome.ANSWERED : outcome(code);
    }

    /** What a router or host refused after it was accepted here has failed all the same. */
    public static Outcome outcome(ErrorCode code) {
        return code.outcome() == Outcome.REFUSED ? Outcome.FAILED : code.outcome();
    }
}
