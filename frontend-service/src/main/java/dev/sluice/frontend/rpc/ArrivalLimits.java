package dev.sluice.frontend.rpc;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends calls whose messages have no room or do not come. Of calls of several messages some say themselves how they end, and take over
 * what those were counted for; of all others a message counts until the service has had it.
 */
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
        if (arriving == null) {
            return next.startCall(call, headers);
        }
        boolean once = call.getMethodDescriptor().getType().clientSendsOneMessage();
        Refusable<Q, A> refusable = new Refusable<>(call);
        // Before the call starts: it asks for messages as it does, and they may be there already.
        arriving.endBy(failure -> executor.execute(() -> refusable.refuse(failure)));
        if (once) {
            arriving.awaitEnd();
        }
        ServerCall.Listener<Q> service = next.startCall(refusable, headers);
        return once ? new Once<>(service, refusable, arriving) : new Several<>(service, refusable, arriving);
    }

    /** A call that its service or a refusal ends, whichever comes first. */
    private final class Refusable<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean refused;

        Refusable(ServerCall<Q, A> call) {
            super(call);
        }

        void refuse(Failure failure) {
            if (over.compareAndSet(false, true)) {
                refused = true;
                metrics.refused(protocol, failure.code());
                GrpcOutcomes.close(delegate(), failure);
            }
        }

        /** Whether the service goes on; from then on it is the one that ends the call. */
        boolean goesOn() {
            return over.compareAndSet(false, true);
        }

        @Override
        public void sendHeaders(Metadata headers) {
            if (!refused) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public void sendMessage(A message) {
            if (!refused) {
                super.sendMessage(message);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            over.set(true);
            if (!refused) {
                super.close(status, trailers);
            }
        }
    }

    /** The message waits in the service's listener for the end behind it. */
    private static final class Once<Q> extends SimpleForwardingServerCallListener<Q> {

        private final Refusable<Q, ?> call;
        private final ArrivingBytes arriving;

        Once(ServerCall.Listener<Q> service, Refusable<Q, ?> call, ArrivingBytes arriving) {
            super(service);
            this.call = call;
            this.arriving = arriving;
        }

        @Override
        public void onMessage(Q message) {
            if (!call.refused) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            arriving.ended();
            if (call.goesOn()) {
                super.onHalfClose();
            }
        }
    }

    private static final class Several<Q> extends SimpleForwardingServerCallListener<Q> {

        private final Refusable<Q, ?> call;
        private final ArrivingBytes arriving;

        Several(ServerCall.Listener<Q> service, Refusable<Q, ?> call, ArrivingBytes arriving) {
            super(service);
            this.call = call;
            this.arriving = arriving;
        }

        @Override
        public void onMessage(Q message) {
            try {
                // Also of a refused call: whoever reads a message lets its memory go.
                super.onMessage(message);
            } finally {
                if (!arriving.handsOver()) {
                    arriving.giveBack();
                }
            }
        }

        /** A service that did not end the call itself learns only now that it is over. */
        @Override
        public void onComplete() {
            if (call.refused) {
                super.onCancel();
            } else {
                super.onComplete();
            }
        }
    }
}
