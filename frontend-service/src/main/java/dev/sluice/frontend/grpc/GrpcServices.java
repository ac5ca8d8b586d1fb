package dev.sluice.frontend.grpc;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.query.model.ServerInfo;
import dev.sluice.frontend.rpc.CallInterceptor;
import dev.sluice.frontend.rpc.ReadableRequests;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import java.util.concurrent.Executor;

/** The services of this frontend, made of what they share. */
public final class GrpcServices {

    private final InferenceService inference;
    private final FrontendHealth health;
    private final CallInterceptor interceptor;
    private final ReadableRequests readable;

    /** @param executor runs what is not to hold up an event loop; nothing on it waits */
    public GrpcServices(Sources sources, QueryMetrics metrics, FrontendDrain drain, Executor executor) {
        ModelDirectory directory =
                new ModelDirectory(sources.gateway(), sources.models(), drain, sources.statistics(), sources.server());
        QueryRequests requests = new QueryRequests(sources.gateway(), sources.models(), metrics);
        inference = new InferenceService(directory, requests, drain, executor);
        interceptor = new CallInterceptor(Protocol.GRPC, metrics);
        readable = new ReadableRequests(Protocol.GRPC, metrics);
        health = new FrontendHealth(directory, drain);
    }

    /** What is behind the services. */
    public record Sources(Gateway gateway, Models models, QueryStatistics statistics, ServerInfo server) {}

    public BindableService inference() {
        return () ->
                ServerInterceptors.intercept(readable.of(RequestMarshaller.in(inference.bindService())), interceptor);
    }

    public BindableService health() {
        return health;
    }
}
