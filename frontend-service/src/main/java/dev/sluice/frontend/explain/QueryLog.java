package dev.sluice.frontend.explain;

/** Told of every query that has its outcome, and of those that this frontend refused. Called from several threads. */
@FunctionalInterface
public interface QueryLog {

    /** Keeps nothing. */
    QueryLog NONE = query -> {};

    void ended(EndedQuery query);
}
