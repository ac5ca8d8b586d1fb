package dev.sluice.client.error;

import java.util.Optional;

/** Every way in which a call can end without a result; the names are those of the platform. */
public enum ErrorCode {
    /** Malformed, of the wrong type or shape, or an option that there cannot be. */
    INVALID_INPUT(false),
    UNAUTHENTICATED(false),
    FORBIDDEN(false),
    /** No such actor, method or version. */
    NOT_FOUND(false),
    /** The input, or the result, is over a limit. */
    TOO_LARGE(false),
    /** The tenant's own limit. */
    QUOTA(true),
    /** The queue is full, or the query was refused for others' sake. */
    OVERLOADED(true),
    /** Predicted on arrival to miss its deadline: a longer SLO may do. */
    UNMEETABLE(true),
    /** The deadline passed. */
    EXPIRED(false),
    /** Nobody there, and nothing was started. */
    UNAVAILABLE(true),
    /** Lost after it may have started: whether it ran is not known. */
    LOST(false),
    /** The actor's code threw or broke its contract, or the result is not of the type that was asked for. */
    FAILED(false),
    /** The caller, or the client's end, gave it up. */
    CANCELLED(false);

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same call may be sent again with a chance of success. */
    public boolean retryable() {
        return retryable;
    }

    /** The code of this name; empty for what a newer platform may know. */
    public static Optional<ErrorCode> of(String name) {
        for (ErrorCode code : values()) {
            if (code.name().equals(name)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
