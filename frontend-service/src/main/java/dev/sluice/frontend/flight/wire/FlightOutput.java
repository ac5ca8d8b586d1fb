package dev.sluice.frontend.flight.wire;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.IpcMessage.Kind;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a call answers, as fast as its caller reads: one schema, then batches. Only the call's loop touches it. */
public final class FlightOutput {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServerCallStreamObserver<FlightMessage> caller;
    private final Deque<FlightMessage> waiting = new ArrayDeque<>();
    private byte @Nullable [] schema;

    public FlightOutput(ServerCallStreamObserver<FlightMessage> caller) {
        this.caller = caller;
    }

    /**
     * Once; it may be repeated.
     *
     * @throws QueryException {@code FAILED} where it is another one than before
     */
    public void schema(byte[] head) {
        if (schema == null) {
            schema = head;
            waiting.add(FlightMessage.of(head, FlightMessage.NOTHING, Unpooled.EMPTY_BUFFER));
        } else if (!Arrays.equals(schema, head)) {
            throw new QueryException(
                    ErrorCode.FAILED,
                    "The actor answers with another schema than before, and a call has one: ask in a call of its own.");
        }
    }

    public boolean hasSchema() {
        return schema != null;
    }

    /**
     * @param message is taken over
     * @param id of the query that it answers, which the caller is told in its metadata
     */
    public void give(IpcMessage message, String id) {
        if (message.kind() == Kind.SCHEMA) {
            message.release();
            schema(message.head());
            return;
        }
        byte[] metadata = message.kind() == Kind.RECORDS
                ? JSON.writeValueAsBytes(JSON.createObjectNode().put("id", id))
                : FlightMessage.NOTHING;
        waiting.add(FlightMessage.of(message.head(), metadata, message.body()));
    }

    /** Whether all that was given has left. */
    public boolean isFree() {
        return waiting.isEmpty();
    }

    /** Sends what the caller has room for; true where nothing is left. */
    public boolean send() {
        while (!waiting.isEmpty() && caller.isReady()) {
            FlightMessage message = waiting.remove();
            try {
                // Its bytes are written out before this returns.
                caller.onNext(message);
            } finally {
                message.release();
            }
        }
        return waiting.isEmpty();
    }

    /** Frees what has not left. */
    public void close() {
        waiting.forEach(FlightMessage::release);
        waiting.clear();
    }
}
