package dev.sluice.frontend.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.frontend.drain.DrainSettings;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.grpc.GrpcLifecycle;
import dev.sluice.frontend.grpc.GrpcServices;
import dev.sluice.frontend.grpc.GrpcSettings;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.query.model.ServerInfo;
import io.grpc.BindableService;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.NettyGrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Wires the Open Inference Protocol over gRPC, on a port of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.frontend.grpc.enabled", matchIfMissing = true)
@EnableConfigurationProperties({GrpcSettings.class, SluiceProperties.class})
class GrpcConfiguration {

    /** What a message may have beside the input: names, shapes, parameters. */
    private static final int MESSAGE_ROOM = 64 * 1024;

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

    @Bean
    GrpcServices grpcServices(
            GrpcServices.Sources sources, QueryMetrics metrics, FrontendDrain drain, ForkJoinPool grpcExecutor) {
        return new GrpcServices(sources, metrics, drain, grpcExecutor);
    }

    @Bean
    GrpcServices.Sources grpcSources(
            Gateway gateway, Models models, ObjectProvider<QueryStatistics> statistics, ServerInfo server) {
        return new GrpcServices.Sources(gateway, models, statistics.getIfAvailable(() -> QueryStatistics.NONE), server);
    }

    @Bean
    BindableService inferenceService(GrpcServices services) {
        return services.inference();
    }

    @Bean
    BindableService frontendHealthService(GrpcServices services) {
        return services.health();
    }

    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> grpcTransport(
            Gateway gateway, ReactorResourceFactory resources, ForkJoinPool grpcExecutor) {
        return server -> {
            LoopResources loops = resources.getLoopResources();
            EventLoopGroup workers = loops.onServer(LoopResources.DEFAULT_NATIVE);
            server.bossEventLoopGroup(loops.onServerSelect(LoopResources.DEFAULT_NATIVE))
                    .workerEventLoopGroup(workers)
                    .channelType(loops.onChannelClass(ServerSocketChannel.class, workers))
                    .executor(grpcExecutor)
                    .maxInboundMessageSize((int) Math.min(Integer.MAX_VALUE, gateway.maxPayloadBytes() + MESSAGE_ROOM));
        };
    }

    /** By this name it takes the place of Boot's own, which would stop first of all. */
    @Bean
    GrpcLifecycle nettyGrpcServerLifecycle(
            NettyGrpcServerFactory factory,
            GrpcServerProperties server,
            SluiceProperties sluice,
            DrainSettings drain,
            ApplicationEventPublisher events) {
        BindRule.check(server.getAddress(), sluice.clusterSecret());
        return new GrpcLifecycle(factory, drain.streamLimit(), events);
    }
}
