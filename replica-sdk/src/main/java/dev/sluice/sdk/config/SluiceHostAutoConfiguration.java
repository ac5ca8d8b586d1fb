package dev.sluice.sdk.config;

import dev.sluice.common.config.LinkProperties;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.common.link.LinkConnector;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.annotated.AnnotatedActors;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostMetrics;
import dev.sluice.sdk.host.HostSettings;
import dev.sluice.sdk.host.HostedActor;
import dev.sluice.sdk.load.ActorClasses;
import dev.sluice.sdk.load.ActorJars;
import dev.sluice.sdk.metrics.HostGauges;
import dev.sluice.sdk.metrics.MicrometerHostMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import reactor.netty.resources.LoopResources;

/** Turns a Boot application into a host: its actors are run and the routers told of them. */
@AutoConfiguration
@EnableConfigurationProperties({
    SluiceProperties.class,
    LinkProperties.class,
    HostProperties.class,
    ActorsProperties.class
})
public class SluiceHostAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SluiceHostAutoConfiguration.class);
    private static final int FEWEST_SLOTS = 16;

    @Bean(destroyMethod = "dispose")
    LoopResources sluiceLinkLoops(SluiceProperties sluice) {
        return LoopResources.create("sluice-link", Math.max(1, sluice.eventLoops()), true);
    }

    @Bean
    @ConditionalOnMissingBean
    AnnotatedActors annotatedActors() {
        return new AnnotatedActors(PooledByteBufAllocator.DEFAULT);
    }

    @Bean
    ActorTypes sluiceActorTypes(HostProperties host, BeanFactory beans, AnnotatedActors annotated) {
        return new ActorTypes(types(host, beans, annotated));
    }

    @Bean
    HostMetrics sluiceHostMetrics(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable();
        return registry == null ? HostMetrics.NONE : new MicrometerHostMetrics(registry);
    }

    @Bean
    Host sluiceHost(
            LoopResources sluiceLinkLoops,
            HostProperties host,
            LinkProperties link,
            ActorsProperties actors,
            ActorTypes types,
            HostMetrics metrics) {
        List<HostedActor> hosted = HostedActors.of(types.types(), actors.actors());
        int wanted = hosted.stream().mapToInt(HostedActor::replicas).sum();
        if (host.slots() > 0 && wanted > host.slots()) {
            throw new SettingRefused(
                    "The actors of this host want " + wanted + " replicas, and sluice.host.slots is " + host.slots()
                            + ".",
                    "Raise sluice.host.slots, or lower sluice.actors.NAME.replicas.");
        }
        int slots = host.slots() > 0 ? host.slots() : Math.max(wanted, FEWEST_SLOTS);
        EventExecutor loop =
                sluiceLinkLoops.onClient(LoopResources.DEFAULT_NATIVE).next();
        return new Host(loop, new HostSettings(slots, host.stuckAfter(), link.lease()), hosted, metrics);
    }

    private static List<ActorType> types(HostProperties host, BeanFactory beans, AnnotatedActors annotated) {
        ClassLoader loader = ClassUtils.getDefaultClassLoader() == null
                ? SluiceHostAutoConfiguration.class.getClassLoader()
                : ClassUtils.getDefaultClassLoader();
        List<ActorType> types = new ArrayList<>();
        if (AutoConfigurationPackages.has(beans)) {
            for (Class<?> type : ActorClasses.in(AutoConfigurationPackages.get(beans), loader)) {
                types.add(own(type, annotated));
            }
        }
        if (host.actorsDir() != null) {
            for (Class<?> type : ActorJars.in(host.actorsDir(), loader)) {
                try {
                    types.add(annotated.of(type));
                } catch (InvalidActorException e) {
                    log.error(
                            "Left out an actor of {}: {}",
                            type.getProtectionDomain().getCodeSource(),
                            e.getMessage());
                }
            }
        }
        return types;
    }

    /** An actor of the application itself: its author is the one who starts it. */
    private static ActorType own(Class<?> type, AnnotatedActors annotated) {
        try {
            return annotated.of(type);
        } catch (InvalidActorException e) {
            throw new SettingRefused(String.valueOf(e.getMessage()), "Correct the class " + type.getName() + ".");
        }
    }

    @Bean
    HostLifecycle sluiceHostLifecycle(
            Host host,
            HostProperties properties,
            LinkProperties link,
            SluiceProperties sluice,
            LoopResources sluiceLinkLoops,
            Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 0);
        LinkContext context = new LinkContext(
                Identity.fresh(
                        Role.HOST,
                        sluice.nodeIdOr(
                                port == 0 ? (int) ProcessHandle.current().pid() : port)),
                link.settings(sluice.clusterSecret()),
                host);
        List<LinkConnector> connectors = sluice.routers().stream()
                .map(router -> new LinkConnector(context, router, sluiceLinkLoops))
                .toList();
        return new HostLifecycle(host, connectors, properties.drainTimeout());
    }

    @Bean
    HostHealth sluiceHostHealthIndicator(Host host) {
        return new HostHealth(host);
    }

    @Bean
    MeterBinder sluiceHostGauges(Host host) {
        return new HostGauges(host);
    }
}
