package dev.sluice.frontend.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.DrainSettings;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.grpc.GrpcServices;
import dev.sluice.frontend.grpc.GrpcSettings;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.ServerInfo;
import dev.sluice.frontend.rpc.ArrivalLimits;
import dev.sluice.frontend.rpc.Arrivals;
import dev.sluice.frontend.rpc.GrpcLifecycle;
import io.grpc.BindableService;
import io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.ForkJoinPool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.NettyGrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Wires the Open Inference Protocol over gRPC, on a port of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.frontend.grpc.enabled", matchIfMissing = true)
@EnableConfigurationProperties({GrpcSettings.class, SluiceProperties.class})
class GrpcConfiguration {

    @Bean
    GrpcServices grpcServices(
            GrpcServices.Sources sources,
            Callers callers,
            QueryMetrics metrics,
            FrontendDrain drain,
            ForkJoinPool grpcExecutor) {
        return new GrpcServices(sources, callers, metrics, drain, grpcExecutor);
    }

    @Bean
    GrpcServices.Sources grpcSources(Gateway gateway, ObjectProvider<QueryStatistics> statistics, ServerInfo server) {
        return new GrpcServices.Sources(gateway, statistics.getIfAvailable(() -> QueryStatistics.NONE), server);
    }

    @Bean
    Arrivals grpcArrivals(Gateway gateway, GrpcSettings settings) {
        return new Arrivals(gateway::retained, settings.bodyTimeout(), "sluice.frontend.grpc.body-timeout");
    }

    /** What callers may make this server hold. */
    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> grpcLimits(
            GrpcSettings settings, Arrivals grpcArrivals, QueryMetrics metrics, ForkJoinPool grpcExecutor) {
        return RpcConfiguration.limits(
                settings.maxCallsPerConnection(),
                grpcArrivals,
                new ArrivalLimits(Protocol.GRPC, metrics, grpcExecutor));
    }

    @Bean
    BindableService inferenceService(GrpcServices services) {
        return services.inference();
    }

    @Bean
    BindableService frontendHealthService(GrpcServices services) {
        return services.health();
    }

    /** By this name it takes the place of Boot's own, which would stop first of all. */
    @Bean
    GrpcLifecycle nettyGrpcServerLifecycle(
            NettyGrpcServerFactory factory,
            GrpcServerProperties server,
            SluiceProperties sluice,
            AccessProperties access,
            DrainSettings drain,
            ApplicationEventPublisher events) {
        BindRule.check(server.getAddress(), sluice.clusterSecret());
        AccessRule.check(server.getAddress(), access, "spring.grpc.server.address");
        return new GrpcLifecycle(factory, drain.streamLimit(), events);
    }
}
