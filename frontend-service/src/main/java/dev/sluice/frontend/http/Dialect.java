package dev.sluice.frontend.http;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What a protocol over HTTP makes of one request; the {@link QueryExchange} does all that they have in common. There is one for each
 * request, and all but {@link #read} is called on the connection's event loop.
 */
public interface Dialect {

    Protocol protocol();

    ErrorForm errors();

    /** The actor that the request names, for its errors; null where that is not known (yet). */
    @Nullable String actor();

    /**
     * Reads what comes before the body.
     *
     * @param caller who sent it
     * @throws dev.sluice.common.error.QueryException for what makes no valid query
     * @throws dev.sluice.frontend.http.problem.ProblemException for what HTTP has a status of its own for
     */
    void readHead(HttpServerRequest request, Caller caller);

    /**
     * The most bytes that the body may have.
     *
     * @param maxPayload the most that an input may have
     */
    long mostBytes(long maxPayload);

    /** Whether reading a body of so many bytes takes so long that other connections of the event loop would notice. */
    boolean isSlow(int bytes);

    /**
     * Makes a query of the body; on another thread where that is slow.
     *
     * @param body released where this throws
     * @param id of the query, unless the body has one
     * @throws RuntimeException as {@link #readHead} does
     */
    QueryCall read(ReceivedBody body, String id);

    /** Called after {@link #readHead}. */
    MethodDescriptor method();

    /** How answers are sent as they come; null where the caller wants one in one piece. Called after {@link #read}. */
    @Nullable StreamForm stream();

    /** What a caller can do whose results were too many for one piece; the end of a sentence. */
    String insteadOfOnePiece();

    /** Sends the only answer; takes its body over. */
    void answer(Answer answer, Responder responder, ByteBufAllocator allocator);
}
