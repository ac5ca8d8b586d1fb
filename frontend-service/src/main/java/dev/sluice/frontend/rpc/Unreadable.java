package dev.sluice.frontend.rpc;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryOptions;
import io.grpc.StatusRuntimeException;

/** Why the bytes of a message make none. */
public enum Unreadable {
    /** They are something else. */
    NO_MESSAGE(QueryOptions.invalid(
                    "The bytes are no message of this method; see that the client's definition of the protocol is the public one.")
            .failure()),

    /** Unpacked they are more than a message may have. */
    TOO_LARGE(
            new Failure(
                    ErrorCode.TOO_LARGE,
                    "Unpacked, the message has more bytes than one may have (sluice.link.max-payload, and 64 KB beside the input).")),

    /** There is no room for what they become. */
    NO_ROOM(Gateway.FULL);

    private final Failure failure;

    Unreadable(Failure failure) {
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /** By what a marshaller of gRPC threw. */
    public static Unreadable of(StatusRuntimeException thrown) {
        return switch (thrown.getStatus().getCode()) {
            case RESOURCE_EXHAUSTED -> TOO_LARGE;
            case UNAVAILABLE -> NO_ROOM;
            default -> NO_MESSAGE;
        };
    }
}
