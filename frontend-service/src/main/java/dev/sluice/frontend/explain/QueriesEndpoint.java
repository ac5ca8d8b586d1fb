package dev.sluice.frontend.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.common.report.QueryReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The last queries of this frontend and the slowest of the last minutes, and where the time of each went. */
@Endpoint(id = "queries")
public final class QueriesEndpoint {

    private static final int USUAL_LIMIT = 100;

    private final QueryHistory history;
    private final String node;

    /** @param node this frontend */
    public QueriesEndpoint(QueryHistory history, String node) {
        this.history = history;
        this.node = node;
    }

    /** @param last newest first
     * @param slowest of the last minutes, the slowest first */
    public record Queries(List<QueryView> last, List<QueryView> slowest) {

        /** What does not tell why they failed, but by the code. */
        public Queries withoutMessages() {
            return new Queries(
                    last.stream().map(QueryView::withoutMessage).toList(),
                    slowest.stream().map(QueryView::withoutMessage).toList());
        }
    }

    /**
     * One query.
     *
     * @param traceId null where it has none
     * @param version that was chosen, else that was asked for; null where there was neither
     * @param agoMs since when it has its outcome
     * @param sloMs null where it was refused before that was known
     * @param longest where most of its time went
     * @param spans left out of lists
     */
    public record QueryView(
            String id,
            @Nullable String traceId,
            String actor,
            @Nullable String version,
            String method,
            String protocol,
            String outcome,
            String code,
            @Nullable String message,
            double agoMs,
            double totalMs,
            @Nullable Double sloMs,
            LongestStretch longest,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Span> spans) {

        /** What does not tell why it failed, but by the code. */
        public QueryView withoutMessage() {
            return new QueryView(
                    id, traceId, actor, version, method, protocol, outcome, code, null, agoMs, totalMs, sloMs, longest,
                    spans);
        }
    }

    /**
     * @param actor whose queries; all where it is left out
     * @param limit how many of either at most
     */
    @ReadOperation
    public Queries queries(@Nullable String actor, @Nullable Integer limit) {
        int most = limit == null ? USUAL_LIMIT : Math.max(0, limit);
        return new Queries(
                history.last(actor, most).stream()
                        .map(query -> view(query, false))
                        .toList(),
                history.slowest(actor, most).stream()
                        .map(query -> view(query, false))
                        .toList());
    }

    /** Null, which is a 404, where nothing is known of it. */
    @ReadOperation
    public @Nullable QueryView query(@Selector String id) {
        return history.find(id).map(query -> view(query, true)).orElse(null);
    }

    private QueryView view(EndedQuery query, boolean withSpans) {
        List<Span> spans = Waterfall.of(query, node);
        QueryReport report = Waterfall.report(query.sent());
        String version = report == null || report.version().isEmpty() ? query.version() : report.version();
        return new QueryView(
                query.id(),
                nullIfEmpty(query.traceId()),
                query.actor(),
                nullIfEmpty(version),
                query.method(),
                query.protocol(),
                query.outcomeWord(),
                query.code(),
                query.message(),
                Waterfall.millis(history.now() - query.endedNanos()),
                Waterfall.millis(query.totalNanos()),
                query.sloNanos() == 0 ? null : Waterfall.millis(query.sloNanos()),
                LongestStretch.of(spans),
                withSpans ? spans : null);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
