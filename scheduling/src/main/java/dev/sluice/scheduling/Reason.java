package dev.sluice.scheduling;

/** Why a query is turned away before any replica worked on it. */
public enum Reason {
    /** Its deadline is reached. */
    EXPIRED,
    /** The queue is full. */
    OVERLOADED,
    /** There is more to do than can be done, and its tenant and priority, or its SLO class, have had their share. */
    OVER_SHARE,
    /** It is predicted to miss its deadline. */
    UNMEETABLE
}
