package dev.sluice.frontend.config;

import dev.sluice.common.config.ConnectionProperties;
import dev.sluice.common.http.ConnectionLimit;
import dev.sluice.common.metrics.ConnectionMeters;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.rpc.ArrivalLimits;
import dev.sluice.frontend.rpc.Arrivals;
import dev.sluice.frontend.rpc.CallDeadlines;
import dev.sluice.frontend.rpc.GzipMessages;
import io.grpc.DecompressorRegistry;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Wires what the protocols over gRPC share. */
@Configuration(proxyBeanMethods = false)
class RpcConfiguration {

    /** What a message may have beside the input: names, shapes, parameters. */
    private static final int MESSAGE_ROOM = 64 * 1024;

    /** Clients that look whether their connection is alive may do so this often. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    /** Clients whose connection ended for want of calls open another with the next. */
    private static final int IDLE_MINUTES = 10;

    private static ServerSocketChannel limited(ServerSocketChannel socket, ConnectionLimit limit) {
        socket.pipeline().addFirst(limit);
        return socket;
    }

    /** What callers may make a server hold, and until when. */
    static ServerBuilderCustomizer<NettyServerBuilder> limits(
            int maxCallsPerConnection, Arrivals arrivals, ArrivalLimits limits) {
        return server -> server.maxConcurrentCallsPerConnection(maxCallsPerConnection)
                .addStreamTracerFactory(arrivals)
                .addStreamTracerFactory(new CallDeadlines())
                .intercept(limits);
    }

    /** One that an event loop can hand work to without ever waiting for a lock. */
    @Bean(destroyMethod = "shutdown")
    ForkJoinPool grpcExecutor() {
        return new ForkJoinPool(
                Runtime.getRuntime().availableProcessors(),
                pool -> {
                    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                    thread.setName("grpc-" + thread.getPoolIndex());
                    return thread;
                },
                null,
                true);
    }

    /** On the event loops that all else is on. */
    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> grpcTransport(
            Gateway gateway,
            ReactorResourceFactory resources,
            ForkJoinPool grpcExecutor,
            ConnectionProperties connections,
            MeterRegistry meters) {
        ConnectionLimit limit = ConnectionMeters.measured(new ConnectionLimit(connections.max()), meters, "grpc");
        return server -> {
            LoopResources loops = resources.getLoopResources();
            EventLoopGroup workers = loops.onServer(LoopResources.DEFAULT_NATIVE);
            server.bossEventLoopGroup(loops.onServerSelect(LoopResources.DEFAULT_NATIVE))
                    .workerEventLoopGroup(workers)
                    .channelFactory(() -> limited(loops.onChannel(ServerSocketChannel.class, workers), limit))
                    .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                    .executor(grpcExecutor)
                    .permitKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .decompressorRegistry(
                            DecompressorRegistry.getDefaultInstance().with(new GzipMessages(), true))
                    .maxInboundMessageSize((int) Math.min(Integer.MAX_VALUE, gateway.maxPayloadBytes() + MESSAGE_ROOM));
        };
    }
}
