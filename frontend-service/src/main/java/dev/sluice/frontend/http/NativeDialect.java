package dev.sluice.frontend.http;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** {@code POST /{actor}} and {@code POST /{actor}/{method}}: envelopes, and bare inputs. */
final class NativeDialect implements Dialect {

    /** What an envelope may add to its input: its other members and white space. */
    private static final int ENVELOPE_ROOM = 16 * 1024;

    private static final int SLOW_BYTES = 256 * 1024;

    private final QueryEndpoint endpoint;
    private @Nullable String actor;
    private @Nullable RequestHead head;
    private boolean bare;

    NativeDialect(QueryEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Protocol protocol() {
        return Protocol.HTTP;
    }

    @Override
    public ErrorForm errors() {
        return ErrorForm.PROBLEM;
    }

    @Override
    public @Nullable String actor() {
        return actor;
    }

    @Override
    public void readHead(HttpServerRequest request, Caller caller) {
        TargetPath path = TargetPath.parse(TargetPath.raw(request.uri()));
        actor = path.actor();
        head = RequestHead.read(path, request, endpoint.gateway(), caller);
    }

    private RequestHead head() {
        return Objects.requireNonNull(head, "read before");
    }

    @Override
    public long mostBytes(long maxPayload) {
        return head().bodyKind() == MediaTypes.BodyKind.BARE ? maxPayload : maxPayload + ENVELOPE_ROOM;
    }

    @Override
    public boolean isSlow(int bytes) {
        return head().bodyKind() != MediaTypes.BodyKind.BARE && bytes > SLOW_BYTES;
    }

    @Override
    public QueryCall read(ReceivedBody body, String id) {
        RequestHead known = head();
        QueryInput input = QueryInput.of(known, body, endpoint.gateway().maxPayloadBytes());
        bare = input.bare();
        return new QueryCall(
                known.target().actor().name(),
                known.target().method().name(),
                input.version(),
                input.bytes(),
                body.charge(),
                input.mediaType(),
                input.sloNanos(),
                input.priority(),
                known.caller(),
                input.id() != null ? input.id() : id,
                Protocol.HTTP,
                known.trace());
    }

    @Override
    public MethodDescriptor method() {
        return head().target().method();
    }

    @Override
    public @Nullable StreamForm stream() {
        if (head().events()) {
            return new EventForm();
        }
        return method().streamsOneBody() && (bare || head().body()) ? new BodyForm(method().outputType()) : null;
    }

    @Override
    public String insteadOfOnePiece() {
        return method().streamsOneBody()
                ? "as a stream with the header Accept: " + method().outputType() + "."
                : "one by one with the header Accept: text/event-stream.";
    }

    @Override
    public void answer(Answer answer, Responder responder, ByteBufAllocator allocator) {
        if (bare || head().body()) {
            responder.answer(answer.body(), answer.mediaType());
        } else {
            String name = head().target().actor().name();
            responder.answer(endpoint.envelopes.write(allocator, name, answer), JsonResult.JSON);
        }
    }
}
