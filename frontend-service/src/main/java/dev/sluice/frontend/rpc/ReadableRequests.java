package dev.sluice.frontend.rpc;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses in words what is no message of a method: gRPC itself would end the call as one whose service failed for an unknown reason,
 * and fill the log.
 */
public final class ReadableRequests {

    private final Protocol protocol;
    private final QueryMetrics metrics;

    /** @param protocol of the services */
    public ReadableRequests(Protocol protocol, QueryMetrics metrics) {
        this.protocol = protocol;
        this.metrics = metrics;
    }

    /** The service with this in front of all its methods. */
    public ServerServiceDefinition of(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(RequestMarshallers.replace(service, Reader::new), new Refusal());
    }

    /** What is none becomes null on its way to the refusal. */
    private record Reader<Q>(Marshaller<Q> usual) implements Marshaller<Q> {

        @Override
        public InputStream stream(Q message) {
            return usual.stream(message);
        }

        @Override
        public @Nullable Q parse(InputStream bytes) {
            try {
                return usual.parse(bytes);
            } catch (StatusRuntimeException e) {
                ArrivingBytes call = ArrivingBytes.current();
                if (call != null) {
                    call.unreadable(Unreadable.of(e));
                }
                return null;
            }
        }
    }

    private final class Refusal implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
                private boolean refused;

                @Override
                public void onMessage(@Nullable Q message) {
                    if (message != null) {
                        // Also of a refused call: whoever reads it lets its memory go.
                        super.onMessage(message);
                        return;
                    }
                    if (refused) {
                        return;
                    }
                    refused = true;
                    ArrivingBytes arriving = ArrivingBytes.current();
                    Failure why = (arriving == null ? Unreadable.NO_MESSAGE : arriving.unreadable()).failure();
                    metrics.refused(protocol, why.code());
                    GrpcOutcomes.close(call, why);
                    // Whatever serves the call learns that it is over.
                    super.onCancel();
                }

                @Override
                public void onHalfClose() {
                    if (!refused) {
                        super.onHalfClose();
                    }
                }

                @Override
                public void onCancel() {
                    if (!refused) {
                        super.onCancel();
                    }
                }

                @Override
                public void onComplete() {
                    if (!refused) {
                        super.onComplete();
                    }
                }
            };
        }
    }
}
