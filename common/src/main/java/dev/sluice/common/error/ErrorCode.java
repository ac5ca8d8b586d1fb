package dev.sluice.common.error;

/**
 * Every way in which a query can end without a result. The mapping to HTTP, gRPC and other protocols belongs to the
 * adapters of the frontend; the numbers are what links carry and never change.
 */
public enum ErrorCode {
    INVALID_INPUT(1, Outcome.FAILED, false),
    UNAUTHENTICATED(2, Outcome.REFUSED, false),
    FORBIDDEN(3, Outcome.REFUSED, false),
    NOT_FOUND(4, Outcome.REFUSED, false),
    TOO_LARGE(5, Outcome.REFUSED, false),
    QUOTA(6, Outcome.SHED, true),
    OVERLOADED(7, Outcome.SHED, true),
    UNMEETABLE(8, Outcome.SHED, true),
    EXPIRED(9, Outcome.EXPIRED, false),
    UNAVAILABLE(10, Outcome.FAILED, true),
    LOST(11, Outcome.FAILED, false),
    FAILED(12, Outcome.FAILED, false),
    CANCELLED(13, Outcome.CANCELLED, false);

    /** The column of the ledger in which a code is counted. {@code REFUSED} queries were never accepted. */
    public enum Outcome {
        ANSWERED,
        FAILED,
        SHED,
        EXPIRED,
        CANCELLED,
        REFUSED
    }

    private static final ErrorCode[] BY_NUMBER = new ErrorCode[values().length + 1];

    static {
        for (ErrorCode code : values()) {
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;
    private final Outcome outcome;
    private final boolean retryable;

    ErrorCode(int number, Outcome outcome, boolean retryable) {
        this.number = number;
        this.outcome = outcome;
        this.retryable = retryable;
    }

    public int number() {
        return number;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Whether the same call may be sent again with a chance of success. */
    public boolean retryable() {
        return retryable;
    }

    /** The code with this number; {@code FAILED} for a number that a newer peer may know. */
    public static ErrorCode of(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : FAILED;
    }
}
