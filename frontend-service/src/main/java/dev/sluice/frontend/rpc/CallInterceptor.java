package dev.sluice.frontend.rpc;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Reads what a call says outside its messages. */
public final class CallInterceptor implements ServerInterceptor {

    private final Protocol protocol;
    private final QueryMetrics metrics;

    /** @param protocol of the service that is called */
    public CallInterceptor(Protocol protocol, QueryMetrics metrics) {
        this.protocol = protocol;
        this.metrics = metrics;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallInfo info;
        try {
            info = info(call, headers);
        } catch (QueryException e) {
            metrics.refused(protocol, e.failure().code());
            GrpcOutcomes.close(call, e.failure());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(info.in(Context.current()), call, headers, next);
    }

    private static CallInfo info(ServerCall<?, ?> call, Metadata headers) {
        String id = headers.get(CallInfo.ID);
        String tenant = headers.get(CallInfo.TENANT);
        return new CallInfo(
                id == null ? null : QueryOptions.id(id, "sluice-id"),
                tenant == null || !isFromHere(call) ? "" : QueryOptions.id(tenant, "sluice-tenant"),
                Context.current().getDeadline(),
                CallInfo.Options.of(headers),
                ArrivingBytes.current(),
                CallInfo.trace(headers));
    }

    /** A tenant is believed from this machine only: until there are credentials, anybody else could claim any. */
    private static boolean isFromHere(ServerCall<?, ?> call) {
        @Nullable Object caller = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return caller instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
    }
}
