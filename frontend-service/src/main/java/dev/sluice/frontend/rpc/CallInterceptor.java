package dev.sluice.frontend.rpc;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.access.Loopback;
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
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Reads what a call says outside its messages, and who sends it: nothing of it is served, or asked for, before that is known. */
public final class CallInterceptor implements ServerInterceptor {

    private final Protocol protocol;
    private final QueryMetrics metrics;
    private final Callers callers;
    private final Executor executor;
    private final Set<String> open;

    /**
     * @param protocol of the service that is called
     * @param executor goes on with calls that had to wait
     * @param open full names of the methods that are for everybody
     */
    public CallInterceptor(
            Protocol protocol, QueryMetrics metrics, Callers callers, Executor executor, Set<String> open) {
        this.protocol = protocol;
        this.metrics = metrics;
        this.callers = callers;
        this.executor = executor;
        this.open = Set.copyOf(open);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            Credentials credentials = credentials(call, headers);
            boolean forAll = open.contains(call.getMethodDescriptor().getFullMethodName());
            Caller caller = forAll ? Caller.ANONYMOUS : callers.known(credentials);
            return caller != null ? begin(caller, call, headers, next) : await(credentials, call, headers, next);
        } catch (QueryException e) {
            refuse(call, e.failure());
            return new ServerCall.Listener<>() {};
        }
    }

    private static <Q, A> ServerCall.Listener<Q> begin(
            Caller caller, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return Contexts.interceptCall(info(caller, headers).in(Context.current()), call, headers, next);
    }

    private <Q, A> ServerCall.Listener<Q> await(
            Credentials credentials, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        AwaitedCall<Q> awaited = new AwaitedCall<>(executor, failure -> refuse(call, failure));
        Context context = Context.current();
        callers.identify(credentials)
                .subscribe(
                        caller -> awaited.begin(() -> callInContext(context, () -> begin(caller, call, headers, next))),
                        awaited::refuse);
        return awaited.listener();
    }

    private static <Q> ServerCall.Listener<Q> callInContext(Context context, Supplier<ServerCall.Listener<Q>> service) {
        Context before = context.attach();
        try {
            return service.get();
        } finally {
            context.detach(before);
        }
    }

    private void refuse(ServerCall<?, ?> call, Failure failure) {
        metrics.refused(protocol, failure.code());
        GrpcOutcomes.close(call, failure);
    }

    private static CallInfo info(Caller caller, Metadata headers) {
        String id = headers.get(CallInfo.ID);
        return new CallInfo(
                id == null ? null : QueryOptions.id(id, "sluice-id"),
                caller,
                CallDeadlines.current(),
                CallInfo.Options.of(headers),
                ArrivingBytes.current(),
                CallInfo.trace(headers));
    }

    private static Credentials credentials(ServerCall<?, ?> call, Metadata headers) {
        String tenant = headers.get(CallInfo.TENANT);
        return Credentials.of(
                headers.get(CallInfo.AUTHORIZATION),
                headers.get(CallInfo.API_KEY),
                tenant == null || !Loopback.is(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                        ? ""
                        : QueryOptions.id(tenant, "sluice-tenant"));
    }
}
