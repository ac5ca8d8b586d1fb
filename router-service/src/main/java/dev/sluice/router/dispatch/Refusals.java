package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.scheduling.Reason;

/** What callers are told when the scheduler turns their query away. */
final class Refusals {

    private static final long SHORTLY_MILLIS = 1000;

    private Refusals() {}

    static Failure of(Reason why, String actor) {
        return switch (why) {
            case EXPIRED ->
                new Failure(
                        ErrorCode.EXPIRED, "The SLO passed while the query waited for a replica of '" + actor + "'.");
            case OVERLOADED ->
                new Failure(
                        ErrorCode.OVERLOADED,
                        "The queue of '" + actor + "' is full; send less, or add replicas.",
                        SHORTLY_MILLIS);
            case UNMEETABLE ->
                new Failure(
                        ErrorCode.UNMEETABLE,
                        "The query would not have been answered within its SLO; send it later, or with a longer one.",
                        SHORTLY_MILLIS);
        };
    }
}
