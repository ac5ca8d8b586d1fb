package dev.sluice.frontend.query;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * How the log names a query, whatever protocol it came by, so that it is found there by the id that its caller has, and with its trace.
 *
 * @param actor that it asks for
 * @param id of the query; empty where it has none yet
 * @param traceId of the trace that its caller says it belongs to; empty where it says none
 */
public record QueryLabel(String actor, String id, String traceId) {

    /** All that a caller is told of what nobody expected. */
    public static final Failure FAULT = new Failure(ErrorCode.FAILED, "This frontend failed; its log says why.");

    private static final Logger log = LoggerFactory.getLogger(QueryLabel.class);

    public static QueryLabel of(QueryCall call) {
        return new QueryLabel(call.actor(), call.id(), call.trace().traceId());
    }

    /** Why the query failed, as its caller is told; what nobody expected is logged and not told. */
    public Failure failure(Throwable cause) {
        if (cause instanceof QueryException e) {
            return e.failure();
        }
        on(log.atError()).setCause(cause).log("The query {} of {} failed in this frontend", id, actor);
        return FAULT;
    }

    /** The event, of this query. */
    public LoggingEventBuilder on(LoggingEventBuilder event) {
        LoggingEventBuilder named = id.isEmpty() ? event : event.addKeyValue("query.id", id);
        return traceId.isEmpty() ? named : named.addKeyValue("trace.id", traceId);
    }
}
