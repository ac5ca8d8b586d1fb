package dev.sluice.frontend.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells where the time of queries went, as far as that was recorded. Thread-safe, never blocks. */
public interface QueryExplanations {

    /** Nothing is recorded. */
    QueryExplanations NONE = new QueryExplanations() {

        @Override
        public Optional<Object> of(String id) {
            return Optional.empty();
        }

        @Override
        public Object lists(@Nullable String actor, int limit) {
            return Map.of("last", List.of(), "slowest", List.of());
        }
    };

    /** What is known of the query with this id, as an object that Jackson writes. */
    Optional<Object> of(String id);

    /**
     * The last queries as {@code last}, newest first, and those of the last minutes that took longest as {@code slowest}, in an object
     * that Jackson writes.
     *
     * @param actor whose queries; null for those of all
     * @param limit how many of either at most
     */
    Object lists(@Nullable String actor, int limit);
}
