package dev.sluice.frontend.oip;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.Dialect;
import dev.sluice.frontend.http.ErrorForm;
import dev.sluice.frontend.http.ReceivedBody;
import dev.sluice.frontend.http.StreamForm;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** What {@code infer} and {@code generate} have in common. */
abstract class OipDialect implements Dialect {

    /** Up to here the JSON is read on the event loop. */
    private static final int SLOW_BYTES = 256 * 1024;

    private final OipPath path;
    private final Gateway gateway;
    private final long mostBytes;
    private @Nullable OipHead head;

    /** @param mostBytes that a body may have, unpacked */
    OipDialect(OipPath path, Gateway gateway, long mostBytes) {
        this.path = path;
        this.gateway = gateway;
        this.mostBytes = mostBytes;
    }

    @Override
    public final Protocol protocol() {
        return Protocol.OIP;
    }

    @Override
    public final ErrorForm errors() {
        return OipErrors.FORM;
    }

    @Override
    public final @Nullable String actor() {
        return path.model();
    }

    @Override
    public void readHead(HttpServerRequest request, Caller caller) {
        head = OipHead.read(path, request, gateway, caller);
    }

    final OipHead head() {
        return Objects.requireNonNull(head, "read before");
    }

    @Override
    public final MethodDescriptor method() {
        return head().model().method();
    }

    @Override
    public final long mostBytes(long maxPayload) {
        return maxPayload;
    }

    @Override
    public final boolean isSlow(int bytes) {
        int json = head().jsonLength();
        return head().encoding() != null || (json < 0 ? bytes : json) > SLOW_BYTES;
    }

    @Override
    public final QueryCall read(ReceivedBody body, String id) {
        String encoding = head().encoding();
        ReceivedBody plain = encoding == null ? body : Inflation.inflate(body, encoding, mostBytes);
        try {
            if (!plain.bytes().isReadable()) {
                throw QueryOptions.invalid("The body is empty; send the JSON of a request.");
            }
            if (plain.bytes().readableBytes() > mostBytes) {
                throw new QueryException(
                        ErrorCode.TOO_LARGE,
                        "The input is larger than the " + mostBytes + " bytes that are allowed, once it is unpacked.");
            }
        } catch (RuntimeException | Error e) {
            plain.release();
            throw e;
        }
        return call(plain, id);
    }

    /** As {@link #read}, of a body that is not compressed and not empty. */
    abstract QueryCall call(ReceivedBody body, String id);

    final QueryCall call(ByteBuf bytes, long charge, String mediaType, InferParameters parameters, String id) {
        OipHead known = head();
        return new QueryCall(
                known.model().actor().name(),
                known.model().method().name(),
                known.version(),
                bytes,
                charge,
                mediaType,
                parameters.sloNanos() > 0 ? parameters.sloNanos() : known.sloNanos(),
                parameters.priority() > 0 ? parameters.priority() : known.priority(),
                known.caller(),
                id,
                Protocol.OIP,
                known.trace());
    }

    @Override
    public @Nullable StreamForm stream() {
        return null;
    }

    @Override
    public final String insteadOfOnePiece() {
        return "one by one with generate_stream.";
    }
}
