package dev.sluice.frontend.explain;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.frontend.explain.EndedQuery.Sent;
import org.jspecify.annotations.Nullable;

/** Queries that have ended, for tests. */
final class Ended {

    private Ended() {}

    static EndedQuery query(String id, long totalNanos, long endedNanos) {
        return query(id, "vadder", totalNanos, endedNanos, null);
    }

    static EndedQuery query(String id, String actor, long totalNanos, long endedNanos, @Nullable Sent sent) {
        return new EndedQuery(
                id, "", actor, "", "call", "http", Outcome.ANSWERED, "OK", null, totalNanos, 1, endedNanos, sent);
    }
}
