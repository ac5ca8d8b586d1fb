package dev.sluice.scheduling;

/** Why a query is turned away before any replica worked on it. */
public enum Reason {
    /** Its deadline is reached. */
    EXPIRED,
    /** The queue is full, or the query had to give way to others. */
    OVERLOADED,
    /** It is predicted to miss its deadline. */
    UNMEETABLE
}
