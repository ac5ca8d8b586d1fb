package dev.sluice.common.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one query went in a router and behind it, as durations: no clock of one process means anything to another.
 *
 * @param version that answered, or was to; empty where none was chosen
 * @param totalNanos from its arrival at the router to its outcome there
 * @param queuedNanos from its arrival until the batch left that it was last in, or until its outcome where it was in none. Of a pipeline's
 *     query 0: it waits in no queue of its own
 * @param starts how often it was put into a batch that may have started
 * @param batch that it was last in; null where it was in none
 * @param steps of a pipeline's query, what was asked for it of actors, in the order in which that ended
 * @param stepsLeftOut how many more there were than are told of
 */
public record QueryReport(
        String version,
        long totalNanos,
        long queuedNanos,
        int starts,
        @Nullable Batched batch,
        List<Step> steps,
        int stepsLeftOut) {

    /** The most that one has as it travels. */
    public static final int MOST_BYTES = ReportCodec.MOST_BYTES;

    public QueryReport {
        steps = List.copyOf(steps);
    }

    public QueryReport(String version, long totalNanos, long queuedNanos, int starts, @Nullable Batched batch) {
        this(version, totalNanos, queuedNanos, starts, batch, List.of(), 0);
    }

    /**
     * The query in a batch.
     *
     * @param size how many queries the batch had
     * @param place of the query among them, from 0
     * @param replica that it was sent to
     * @param host of that replica, by its node id
     * @param nanos from the batch's leaving the router to the query's outcome there
     * @param ran what the host says of it; null where it said nothing
     */
    public record Batched(
            int size,
            int place,
            String replica,
            String host,
            long nanos,
            @Nullable Ran ran) {}

    /**
     * The query on its host.
     *
     * @param waitedNanos from the batch's arrival until its replica came to it
     * @param ranNanos from then until the query's outcome
     */
    public record Ran(long waitedNanos, long ranNanos) {}

    /**
     * What a pipeline asked of one actor.
     *
     * @param step its name
     * @param code number of the {@link dev.sluice.common.error.ErrorCode} that it failed with; 0 where it was answered
     * @param startNanos after the arrival of the pipeline's query
     * @param report of what was asked
     */
    public record Step(String step, String actor, String method, int code, long startNanos, QueryReport report) {}

    /** As it travels: at most {@link ReportCodec#MOST_BYTES}; steps for which there is no room are only counted. */
    public byte[] encode() {
        return ReportCodec.encode(this);
    }

    /** @throws IllegalArgumentException where that is no report */
    public static QueryReport decode(byte[] encoded) {
        return ReportCodec.decode(encoded);
    }
}
