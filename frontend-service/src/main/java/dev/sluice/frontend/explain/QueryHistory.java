package dev.sluice.frontend.explain;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries that are kept, to be looked up. Thread-safe. */
public final class QueryHistory implements QueryLog {

    /** How many of the slowest are kept of a minute. */
    private static final int MOST_PER_MINUTE = 32;

    /** Of how many minutes. */
    private static final int MINUTES = 5;

    private final LastQueries last;
    private final SlowestQueries slowest;
    private final LongSupplier clock;

    /**
     * @param most how many of the last are kept
     * @param clock by which queries end
     */
    public QueryHistory(int most, LongSupplier clock) {
        this.last = new LastQueries(most);
        this.slowest = new SlowestQueries(MOST_PER_MINUTE, MINUTES, clock.getAsLong());
        this.clock = clock;
    }

    @Override
    public void ended(EndedQuery query) {
        last.ended(query);
        slowest.ended(query);
    }

    long now() {
        return clock.getAsLong();
    }

    /** @param actor whose queries; null for those of all */
    List<EndedQuery> last(@Nullable String actor, int limit) {
        return some(last.newestFirst(), actor, limit);
    }

    /** @param actor whose queries; null for those of all */
    List<EndedQuery> slowest(@Nullable String actor, int limit) {
        return some(slowest.slowestFirst(now()), actor, limit);
    }

    private static List<EndedQuery> some(List<EndedQuery> all, @Nullable String actor, int limit) {
        return all.stream()
                .filter(query -> actor == null || query.actor().equals(actor))
                .limit(limit)
                .toList();
    }

    /** The newest of that id, since callers may use one again. */
    Optional<EndedQuery> find(String id) {
        return Stream.concat(last.newestFirst().stream(), slowest.slowestFirst(now()).stream())
                .filter(query -> query.id().equals(id))
                .reduce((one, other) -> other.endedNanos() - one.endedNanos() > 0 ? other : one);
    }
}
