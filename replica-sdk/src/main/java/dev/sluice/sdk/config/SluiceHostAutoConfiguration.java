package dev.sluice.sdk.config;

import dev.sluice.common.config.DiscoveryProperties;
import dev.sluice.common.config.LinkProperties;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.config.StopTime;
import dev.sluice.common.link.Identity;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.RouterLookup;
import dev.sluice.common.link.RouterSource;
import dev.sluice.common.metrics.EventLoopMeters;
import dev.sluice.common.metrics.NettyMemoryMeters;
import dev.sluice.common.metrics.NodeTag;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.annotated.AnnotatedActors;
import dev.sluice.sdk.codec.Codecs;
import dev.sluice.sdk.host.ActorKind;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostMetrics;
import dev.sluice.sdk.host.HostSettings;
import dev.sluice.sdk.host.RoutedClient;
import dev.sluice.sdk.host.RouterCalls;
import dev.sluice.sdk.host.VersionResolver;
import dev.sluice.sdk.metrics.HostGauges;
import dev.sluice.sdk.metrics.MicrometerHostMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.netty.resources.LoopResources;

/** Turns a Boot application into a host: its actors are run and the routers told of them. */
@AutoConfiguration
@EnableConfigurationProperties({
    SluiceProperties.class,
    LinkProperties.class,
    DiscoveryProperties.class,
    HostProperties.class,
    ActorsProperties.class
})
public class SluiceHostAutoConfiguration {

    private static final int FEWEST_SLOTS = 16;

    /** Beside what its own configuration starts: a host that is full with that can run nothing that routers want. */
    private static final int SPARE_SLOTS = 8;

    @Bean(destroyMethod = "dispose")
    LoopResources sluiceLinkLoops(SluiceProperties sluice) {
        return LoopResources.create("sluice-link", Math.max(1, sluice.eventLoops()), true);
    }

    @Bean
    RouterCalls sluiceRouterCalls() {
        return new RouterCalls();
    }

    @Bean
    @ConditionalOnMissingBean
    ActorClient sluiceActorClient(RouterCalls calls) {
        return new RoutedClient(calls, new Codecs(PooledByteBufAllocator.DEFAULT).json());
    }

    @Bean
    @ConditionalOnMissingBean
    AnnotatedActors annotatedActors(ActorClient client) {
        return new AnnotatedActors(PooledByteBufAllocator.DEFAULT, client);
    }

    @Bean
    ActorTypes sluiceActorTypes(HostProperties host, BeanFactory beans, AnnotatedActors annotated) {
        List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        return ActorTypes.in(packages, host.actorsDir(), annotated);
    }

    @Bean
    HostMetrics sluiceHostMetrics(ObjectProvider<MeterRegistry> registries, SluiceProperties sluice) {
        MeterRegistry registry = registries.getIfAvailable();
        return registry == null
                ? HostMetrics.NONE
                : new MicrometerHostMetrics(registry, sluice.forgetAfter(), System::nanoTime);
    }

    @Bean
    HostedActors sluiceHostedActors(ActorTypes types, ActorsProperties settings, ObjectProvider<ActorKind> others) {
        return HostedActors.of(
                types.types(), settings.actors(), others.stream().findAny().isEmpty());
    }

    @Bean
    HostSettings sluiceHostSettings(HostProperties host, LinkProperties link, HostedActors actors) {
        int wanted = actors.replicas();
        if (host.slots() > 0 && wanted > host.slots()) {
            throw new SettingRefused(
                    "The actors of this host want " + wanted + " replicas, and sluice.host.slots is " + host.slots()
                            + ".",
                    "Raise sluice.host.slots, or lower sluice.actors.NAME.replicas.");
        }
        int slots = host.slots() > 0 ? host.slots() : Math.max(wanted + SPARE_SLOTS, FEWEST_SLOTS);
        return new HostSettings(slots, host.stuckAfter(), link.lease(), host.kind(), host.healthCheck());
    }

    @Bean
    ActorSettings sluiceActorSettings(ActorsProperties settings) {
        return new ActorSettings(settings.actors());
    }

    @Bean
    VersionResolver sluiceVersionResolver(ActorTypes types, ObjectProvider<ActorKind> others) {
        return new ConfiguredVersions(types.types(), others.orderedStream().toList());
    }

    @Bean
    Host sluiceHost(
            LoopResources sluiceLinkLoops,
            HostSettings settings,
            HostedActors actors,
            VersionResolver resolver,
            HostMetrics metrics,
            ObjectProvider<Spans> spans,
            RouterCalls calls) {
        EventExecutor loop =
                sluiceLinkLoops.onClient(LoopResources.DEFAULT_NATIVE).next();
        return new Host(
                loop,
                settings,
                actors.actors(),
                resolver,
                new Host.Observers(metrics, spans.getIfAvailable(() -> Spans.NONE)),
                calls);
    }

    @Bean
    Identity sluiceIdentity(SluiceProperties sluice, Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 0);
        int number = port == 0 ? (int) ProcessHandle.current().pid() : port;
        return Identity.fresh(Role.HOST, sluice.nodeIdOr(number));
    }

    @Bean
    MeterFilter sluiceNodeTag(Identity sluiceIdentity) {
        return NodeTag.of(sluiceIdentity);
    }

    @Bean
    LinkContext sluiceHostLinks(
            Host host,
            Identity sluiceIdentity,
            SluiceProperties sluice,
            LinkProperties link,
            ObjectProvider<SslBundles> bundles) {
        return new LinkContext(
                sluiceIdentity, link.settings(sluice.clusterSecret()), host, link.transport(bundles::getObject));
    }

    @Bean
    RouterLookup sluiceRouterLookup(
            LinkContext sluiceHostLinks,
            SluiceProperties sluice,
            DiscoveryProperties discovery,
            ObjectProvider<RouterSource> discovered,
            LoopResources sluiceLinkLoops) {
        return discovery.lookup(sluiceHostLinks, sluice.routers(), discovered.getIfAvailable(), sluiceLinkLoops);
    }

    @Bean
    HostLifecycle sluiceHostLifecycle(
            Host host,
            RouterLookup sluiceRouterLookup,
            HostProperties properties,
            ObjectProvider<LifecycleProperties> lifecycle) {
        lifecycle.ifAvailable(stop -> new StopTime(stop.getTimeoutPerShutdownPhase())
                .mustHold("sluice.host.drain-timeout", properties.drainTimeout(), HostLifecycle.CLOSING));
        return new HostLifecycle(host, sluiceRouterLookup, properties.drainTimeout());
    }

    @Bean
    HostHealth sluiceHostHealthIndicator(Host host) {
        return new HostHealth(host);
    }

    @Bean
    EventLoopMeters sluiceEventLoopMeters(LoopResources sluiceLinkLoops) {
        return new EventLoopMeters(sluiceLinkLoops.onClient(LoopResources.DEFAULT_NATIVE));
    }

    @Bean
    NettyMemoryMeters sluiceNettyMemoryMeters() {
        return new NettyMemoryMeters();
    }

    @Bean
    MeterBinder sluiceHostGauges(Host host) {
        return new HostGauges(host);
    }
}
