package dev.sluice.client.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import inference.InferParameter;
import inference.ModelStreamInferResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one place that makes failures of what gRPC says. */
final class GrpcFailures {

    private static final Metadata.Key<String> ID = Metadata.Key.of("sluice-id", Metadata.ASCII_STRING_MARSHALLER);

    private final String endpoint;
    private final boolean queries;

    GrpcFailures(String endpoint) {
        this(endpoint, true);
    }

    private GrpcFailures(String endpoint, boolean queries) {
        this.endpoint = endpoint;
        this.queries = queries;
    }

    /** Of calls that only ask, so that nothing can have been lost. */
    GrpcFailures ofPages() {
        return new GrpcFailures(endpoint, false);
    }

    /** @param sent whether the call may have reached somebody */
    SluiceException of(Status status, @Nullable Metadata trailers, boolean sent) {
        @Nullable ErrorCode named = null;
        @Nullable Duration retryAfter = null;
        com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        for (Any detail : details.getDetailsList()) {
            try {
                if (detail.is(ErrorInfo.class)) {
                    named = ErrorCode.of(detail.unpack(ErrorInfo.class).getReason())
                            .orElse(null);
                } else if (detail.is(RetryInfo.class)) {
                    com.google.protobuf.Duration delay =
                            detail.unpack(RetryInfo.class).getRetryDelay();
                    retryAfter = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
                }
            } catch (InvalidProtocolBufferException e) {
                // What cannot be read says nothing; the status does.
                continue;
            }
        }
        String id = trailers == null ? null : trailers.get(ID);
        String description = status.getDescription();
        String sentence = description == null || description.isEmpty() ? "status " + status.getCode() : description;
        if (named != null) {
            return new SluiceException(named, sentence, retryAfter, status.getCause()).of(id);
        }
        return unnamed(status, sentence, sent && queries).of(id);
    }

    /** Of what no frontend has said: a connection, a proxy, or this side's gRPC. */
    private SluiceException unnamed(Status status, String sentence, boolean maybeStarted) {
        ErrorCode code = switch (status.getCode()) {
            // Whoever cancels here hears no more of it: this was the other side, as it went.
            case UNAVAILABLE, CANCELLED -> maybeStarted ? ErrorCode.LOST : ErrorCode.UNAVAILABLE;
            case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION -> ErrorCode.INVALID_INPUT;
            case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
            case PERMISSION_DENIED -> ErrorCode.FORBIDDEN;
            case NOT_FOUND -> ErrorCode.NOT_FOUND;
            case RESOURCE_EXHAUSTED -> ErrorCode.TOO_LARGE;
            case DEADLINE_EXCEEDED -> ErrorCode.EXPIRED;
            default -> ErrorCode.FAILED;
        };
        String where = switch (code) {
            case LOST ->
                "The connection to " + endpoint + " broke after the query was sent, and whether it ran is not known: ";
            case UNAVAILABLE -> "No answer from " + endpoint + ", see that a frontend listens there: ";
            default -> "";
        };
        return new SluiceException(code, where + sentence, null, status.getCause());
    }

    /** Of one request of a stream. */
    SluiceException of(ModelStreamInferResponse response) {
        Map<String, InferParameter> about = response.getInferResponse().getParametersMap();
        InferParameter none = InferParameter.getDefaultInstance();
        long millis = about.getOrDefault("retry_after_ms", none).getInt64Param();
        return new SluiceException(
                ErrorCode.of(about.getOrDefault("code", none).getStringParam()).orElse(ErrorCode.FAILED),
                response.getErrorMessage(),
                millis > 0 ? Duration.ofMillis(millis) : null,
                null);
    }
}
