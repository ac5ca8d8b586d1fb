package dev.sluice.frontend.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.DrainSettings;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.flight.FlightServices;
import dev.sluice.frontend.flight.FlightSettings;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.rpc.ArrivalLimits;
import dev.sluice.frontend.rpc.Arrivals;
import dev.sluice.frontend.rpc.GrpcLifecycle;
import io.grpc.netty.NettyServerBuilder;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.NettyGrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Wires Arrow Flight, in a server of its own on a port of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.frontend.flight.enabled", matchIfMissing = true)
@EnableConfigurationProperties({FlightSettings.class, SluiceProperties.class})
class FlightConfiguration {

    @Bean
    FlightServices flightServices(
            Gateway gateway, Callers callers, QueryMetrics metrics, FrontendDrain drain, ForkJoinPool grpcExecutor) {
        return new FlightServices(gateway, callers, metrics, drain, grpcExecutor);
    }

    /**
     * No bean makes the server, since Spring's own would be made by it too. Its events are told to nobody: those who listen for a gRPC
     * server mean the other one.
     */
    @Bean
    GrpcLifecycle flightLifecycle(FlightServices services, Binding flightBinding, DrainSettings drain) {
        NettyGrpcServerFactory factory =
                new NettyGrpcServerFactory(flightBinding.address(), flightBinding.transport(), null, null, null);
        factory.addService(services.flight());
        return new GrpcLifecycle(factory, drain.streamLimit(), event -> {});
    }

    @Bean
    Arrivals flightArrivals(Gateway gateway, FlightSettings settings) {
        return new Arrivals(gateway::retained, settings.bodyTimeout(), "sluice.frontend.flight.body-timeout");
    }

    /** Where the server listens, and on what. */
    record Binding(String address, List<ServerBuilderCustomizer<NettyServerBuilder>> transport) {}

    @Bean
    Binding flightBinding(
            FlightSettings flight,
            ServerProperties server,
            SluiceProperties sluice,
            AccessProperties access,
            ServerBuilderCustomizer<NettyServerBuilder> grpcTransport,
            Arrivals flightArrivals,
            QueryMetrics metrics,
            ForkJoinPool grpcExecutor) {
        BindRule.check(server.getAddress(), sluice.clusterSecret());
        AccessRule.check(server.getAddress(), access, "server.address");
        ServerBuilderCustomizer<NettyServerBuilder> limits = RpcConfiguration.limits(
                flight.maxCallsPerConnection(),
                flightArrivals,
                new ArrivalLimits(Protocol.FLIGHT, metrics, grpcExecutor));
        return new Binding(host(server.getAddress()) + ":" + flight.port(), List.of(grpcTransport, limits));
    }

    private static String host(@Nullable InetAddress address) {
        if (address == null) {
            return "*";
        }
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
