package dev.sluice.frontend.rpc;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends calls of one message whose message has no room or does not come. Calls of several say themselves how they end. */
public final class ArrivalLimits implements ServerInterceptor {

    private final Protocol protocol;
    private final QueryMetrics metrics;
    private final Executor executor;

    /** @param executor ends calls: an event loop only says so */
    public ArrivalLimits(Protocol protocol, QueryMetrics metrics, Executor executor) {
        this.protocol = protocol;
        this.metrics = metrics;
        this.executor = executor;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ArrivingBytes arriving = ArrivingBytes.current();
        if (arriving == null || !call.getMethodDescriptor().getType().clientSendsOneMessage()) {
            return next.startCall(call, headers);
        }
        Once<Q> listener = new Once<>(next, call, headers);
        arriving.endBy(failure -> executor.execute(() -> listener.refuse(call, failure)), true);
        return listener;
    }

    /** Either the message goes on to whoever serves the call, or the call is refused. */
    private final class Once<Q> extends SimpleForwardingServerCallListener<Q> {

        private final AtomicBoolean decided = new AtomicBoolean();
        private volatile boolean refused;

        <A> Once(ServerCallHandler<Q, A> next, ServerCall<Q, A> call, Metadata headers) {
            super(next.startCall(call, headers));
        }

        void refuse(ServerCall<Q, ?> call, Failure failure) {
            if (decided.compareAndSet(false, true)) {
                refused = true;
                metrics.refused(protocol, failure.code());
                GrpcOutcomes.close(call, failure);
            }
        }

        @Override
        public void onMessage(Q message) {
            if (decided.compareAndSet(false, true)) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }
    }
}
