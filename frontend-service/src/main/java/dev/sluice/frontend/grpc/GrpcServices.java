package dev.sluice.frontend.grpc;

import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.ServerInfo;
import dev.sluice.frontend.rpc.CallInterceptor;
import dev.sluice.frontend.rpc.ReadableRequests;
import inference.GRPCInferenceServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import java.util.Set;
import java.util.concurrent.Executor;

/** The services of this frontend, made of what they share. */
public final class GrpcServices {

    /** Whoever looks whether this frontend works has no credentials. */
    private static final Set<String> OPEN = Set.of(
            GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName(),
            GRPCInferenceServiceGrpc.getServerReadyMethod().getFullMethodName());

    private final InferenceService inference;
    private final FrontendHealth health;
    private final CallInterceptor interceptor;
    private final ReadableRequests readable;

    /** @param executor runs what is not to hold up an event loop; nothing on it waits */
    public GrpcServices(
            Sources sources, Callers callers, QueryMetrics metrics, FrontendDrain drain, Executor executor) {
        ModelDirectory directory = new ModelDirectory(sources.gateway(), drain, sources.statistics(), sources.server());
        QueryRequests requests = new QueryRequests(sources.gateway(), metrics);
        inference = new InferenceService(directory, requests, drain, executor);
        interceptor = new CallInterceptor(Protocol.GRPC, metrics, callers, executor, OPEN);
        readable = new ReadableRequests(Protocol.GRPC, metrics);
        health = new FrontendHealth(directory, drain);
    }

    /** What is behind the services. */
    public record Sources(Gateway gateway, QueryStatistics statistics, ServerInfo server) {}

    public BindableService inference() {
        return () ->
                ServerInterceptors.intercept(readable.of(RequestMarshaller.in(inference.bindService())), interceptor);
    }

    public BindableService health() {
        return health;
    }
}
