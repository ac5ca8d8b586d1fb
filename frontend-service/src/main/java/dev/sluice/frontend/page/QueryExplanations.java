package dev.sluice.frontend.page;

import java.util.Optional;

/** Tells where the time of a single query went, as far as that was recorded. Thread-safe, never blocks. */
@FunctionalInterface
public interface QueryExplanations {

    /** Nothing is recorded. */
    QueryExplanations NONE = id -> Optional.empty();

    /** What is known of the query with this id, as an object that Jackson writes. */
    Optional<Object> of(String id);
}
