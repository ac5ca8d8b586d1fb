package dev.sluice.router.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.ConnectionProperties;
import dev.sluice.common.config.LinkProperties;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.http.ConnectionLimit;
import dev.sluice.common.http.EarlyRefusals;
import dev.sluice.common.http.IdleConnections;
import dev.sluice.common.http.UpgradeOffers;
import dev.sluice.common.link.Identity;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.LinkEndpoint;
import dev.sluice.common.link.LinkHttp;
import dev.sluice.common.metrics.ConnectionMeters;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Role;
import dev.sluice.router.batching.EventLoopShard;
import dev.sluice.router.batching.Shard;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.DispatchSettings;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.metrics.MicrometerDispatchMetrics;
import dev.sluice.scheduling.QueueLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.resources.LoopResources;

/** Wires the router. */
@Configuration(proxyBeanMethods = false)
class RouterConfiguration {

    @Bean
    ReactorResourceFactory reactorResourceFactory(SluiceProperties sluice) {
        ReactorResourceFactory factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        int loops = eventLoops(sluice);
        factory.setLoopResourcesSupplier(() -> LoopResources.create("sluice", loops, true));
        return factory;
    }

    private static int eventLoops(SluiceProperties sluice) {
        return sluice.eventLoops() > 0
                ? sluice.eventLoops()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** After Spring Boot's own, which puts HTTP/2 settings of its own in the place of what is there. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> linkHttpSettings(
            RouterProperties router, ConnectionProperties connections, MeterRegistry meters) {
        ConnectionLimit limit = ConnectionMeters.measured(new ConnectionLimit(connections.max()), meters, "http");
        return factory -> factory.addServerCustomizers(server -> server.http2Settings(LinkHttp::settings)
                .doOnBound(bound -> bound.channel().pipeline().addFirst(limit))
                .doOnChannelInit((observer, connection, address) -> {
                    IdleConnections.watch(connection, router.idleTimeout());
                    UpgradeOffers.decline(connection);
                    LinkHttp.connection(connection);
                }));
    }

    @Bean
    EarlyRefusals earlyRefusals() {
        return new EarlyRefusals();
    }

    @Bean
    ActorDirectory actorDirectory(
            ReactorResourceFactory resources,
            SluiceProperties sluice,
            RouterProperties router,
            SchedulingProperties scheduling,
            LinkProperties link,
            MeterRegistry meters) {
        JvmMemory memory = JvmMemory.ofThisProcess();
        EventLoopGroup group = resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE);
        var shards = IntStream.range(0, eventLoops(sluice))
                .<Shard>mapToObj(i -> new EventLoopShard(group.next()))
                .toList();
        DispatchSettings settings = new DispatchSettings(
                new QueueLimits(router.maxQueueSize(), router.queueBytes(memory)),
                scheduling.settings(),
                router.mostStarts(),
                router.hold().toNanos(),
                link.lease().toNanos());
        return new ActorDirectory(
                shards, settings, actor -> new MicrometerDispatchMetrics(meters, actor), sluice.forgetAfter());
    }

    @Bean
    RouterLinks routerLinks(ActorDirectory actors, RouterProperties router, ObjectProvider<Spans> spans) {
        return new RouterLinks(
                actors,
                router.retainedBytes(JvmMemory.ofThisProcess()),
                System::nanoTime,
                spans.getIfAvailable(() -> Spans.NONE));
    }

    @Bean
    Identity identity(SluiceProperties sluice, ServerProperties server) {
        int port = server.getPort() == null ? 8080 : server.getPort();
        return Identity.fresh(Role.ROUTER, sluice.nodeIdOr(port));
    }

    @Bean
    LinkContext linkContext(
            Identity identity,
            SluiceProperties sluice,
            LinkProperties link,
            ServerProperties server,
            RouterLinks links,
            ObjectProvider<SslBundles> bundles,
            Environment environment) {
        BindRule.check(server.getAddress(), sluice.clusterSecret());
        BindRule.checkManagement(environment, sluice.clusterSecret());
        return new LinkContext(
                identity, link.settings(sluice.clusterSecret()), links, link.transport(bundles::getObject));
    }

    @Bean
    RouterFunction<ServerResponse> linkRoute(LinkContext context) {
        return RouterFunctions.route()
                .POST(LinkHttp.PATH, new LinkEndpoint(context))
                .build();
    }

    @Bean
    RouterLifecycle routerLifecycle(
            RouterLinks links, LinkProperties link, RouterProperties router, LifecycleProperties lifecycle) {
        router.fitsInto(lifecycle.getTimeoutPerShutdownPhase());
        return new RouterLifecycle(links, link.lease(), router.drainTimeout());
    }
}
