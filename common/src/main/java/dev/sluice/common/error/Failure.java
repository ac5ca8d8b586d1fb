package dev.sluice.common.error;

/**
 * Why a query ended without a result: data, not an exception, so that an expected refusal costs no stack trace.
 *
 * @param code what kind of failure
 * @param message one sentence for the caller that says what happened and, where possible, what to do
 * @param retryAfterMillis when a retry may succeed, in milliseconds; 0 where that is not known
 */
public record Failure(ErrorCode code, String message, long retryAfterMillis) {

    public Failure(ErrorCode code, String message) {
        this(code, message, 0);
    }

    /** This failure as an exception, for APIs that can carry nothing else. */
    public QueryException toException() {
        return new QueryException(this);
    }
}
