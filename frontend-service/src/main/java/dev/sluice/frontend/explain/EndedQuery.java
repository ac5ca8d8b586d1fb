package dev.sluice.frontend.explain;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.QueryCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a query that has its outcome. Small: a thousand of them are held for as long as the process lives.
 *
 * @param id the query's
 * @param traceId empty where it has none
 * @param actor that was asked
 * @param version that was asked for; empty where none was
 * @param method that was asked
 * @param protocol by which it came
 * @param outcome in which column of the ledger it is
 * @param code {@code OK}, or why there is no result
 * @param message why, cut off where it is long; null where there is a result
 * @param totalNanos from its acceptance to its outcome
 * @param sloNanos within which it was to be answered; 0 where it was refused before that was known
 * @param endedNanos when that was, on this process's monotonic clock
 * @param sent to a router; null where it was not
 */
public record EndedQuery(
        String id,
        String traceId,
        String actor,
        String version,
        String method,
        String protocol,
        Outcome outcome,
        String code,
        @Nullable String message,
        long totalNanos,
        long sloNanos,
        long endedNanos,
        @Nullable Sent sent) {

    private static final int MOST_MESSAGE = 200;
    private static final String OK = "OK";

    /** The outcomes as they are shown. */
    private static final String[] WORDS = new String[Outcome.values().length];

    static {
        for (Outcome outcome : Outcome.values()) {
            WORDS[outcome.ordinal()] = outcome.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The last time that it was sent.
     *
     * @param router by its node id
     * @param attempts how often it was sent, this time included
     * @param afterNanos since its acceptance
     * @param report of the router, as it came; null where there was none
     */
    public record Sent(String router, int attempts, long afterNanos, byte @Nullable [] report) {}

    /**
     * @param traceId empty where it has none
     * @param why null where it was answered
     */
    public static EndedQuery of(
            QueryCall query,
            String traceId,
            Outcome outcome,
            @Nullable Failure why,
            long totalNanos,
            long sloNanos,
            long endedNanos,
            @Nullable Sent sent) {
        return new EndedQuery(
                query.id(),
                traceId,
                query.actor(),
                query.version() == null ? "" : query.version(),
                query.method(),
                query.protocol().tag(),
                outcome,
                why == null ? OK : why.code().name(),
                why == null ? null : shortened(why.message()),
                totalNanos,
                sloNanos,
                endedNanos,
                sent);
    }

    private static String shortened(String message) {
        return message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) + "..." : message;
    }

    /** For instance {@code answered}. */
    String outcomeWord() {
        return WORDS[outcome.ordinal()];
    }
}
