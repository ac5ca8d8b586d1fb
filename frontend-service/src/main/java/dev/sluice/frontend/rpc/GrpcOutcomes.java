package dev.sluice.frontend.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.QueryLabel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that maps error codes to gRPC. */
public final class GrpcOutcomes {

    private static final Logger log = LoggerFactory.getLogger(GrpcOutcomes.class);

    /** What gRPC's own retries in clients go by, in milliseconds. */
    public static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private static final int MOST_MESSAGE_BYTES = 1_000;

    private GrpcOutcomes() {}

    public static Status.Code status(ErrorCode code) {
        return switch (code) {
            case INVALID_INPUT -> Status.Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case TOO_LARGE, QUOTA -> Status.Code.RESOURCE_EXHAUSTED;
            case OVERLOADED, UNMEETABLE, UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case EXPIRED -> Status.Code.DEADLINE_EXCEEDED;
            case LOST -> Status.Code.UNKNOWN;
            case FAILED -> Status.Code.INTERNAL;
            case CANCELLED -> Status.Code.CANCELLED;
        };
    }

    /** The code's name as the reason of an {@code ErrorInfo}, and where a later retry may succeed a {@code RetryInfo}. */
    public static StatusRuntimeException exception(Failure failure) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(status(failure.code()).value())
                .setMessage(limited(failure.message()))
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(failure.code().name())
                        .setDomain("sluice")
                        .build()));
        Metadata trailers = new Metadata();
        if (failure.code().retryable()) {
            long millis = Math.max(1, failure.retryAfterMillis());
            status.addDetails(Any.pack(
                    RetryInfo.newBuilder().setRetryDelay(duration(millis)).build()));
            trailers.put(PUSHBACK, Long.toString(millis));
        }
        return StatusProto.toStatusRuntimeException(status.build(), trailers);
    }

    /** Ends a call that nothing answers yet. */
    static void close(ServerCall<?, ?> call, Failure failure) {
        StatusRuntimeException refusal = exception(failure);
        Metadata trailers = refusal.getTrailers();
        call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    /** Twice in the trailers, once with most bytes written as three: clients take 8 kB of these, and fail otherwise on larger ones. */
    private static String limited(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_MESSAGE_BYTES) {
            return message;
        }
        int end = MOST_MESSAGE_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "...";
    }

    private static Duration duration(long millis) {
        return Duration.newBuilder()
                .setSeconds(millis / 1000)
                .setNanos((int) (millis % 1000) * 1_000_000)
                .build();
    }

    /** What went wrong with a call that is no query; what nobody expected is logged. Of a query {@link QueryLabel} knows it. */
    public static Failure failure(Throwable cause) {
        if (cause instanceof QueryException e) {
            return e.failure();
        }
        log.error("A call over gRPC failed in this frontend", cause);
        return QueryLabel.FAULT;
    }
}
