package dev.sluice.common.metrics;

/** Why a query was sent once more, or was not. */
public enum Retry {
    /** Its peer was lost or left, and gave it back: that is not held against anybody. */
    LOST_PEER,
    /** Elsewhere it may succeed, and the retry budget allowed it. */
    CHARGED,
    /** Elsewhere it might have succeeded, but the retry budget was used up: the caller got the first error. */
    REFUSED
}
