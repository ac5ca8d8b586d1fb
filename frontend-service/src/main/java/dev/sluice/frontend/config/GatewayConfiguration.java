package dev.sluice.frontend.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.DiscoveryProperties;
import dev.sluice.common.config.LinkProperties;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.LinkTransport;
import dev.sluice.common.link.RouterSource;
import dev.sluice.common.metrics.NodeTag;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Role;
import dev.sluice.frontend.explain.QueryHistory;
import dev.sluice.frontend.gateway.GatewayMetrics;
import dev.sluice.frontend.gateway.GoneVersions;
import dev.sluice.frontend.gateway.Ledger;
import dev.sluice.frontend.gateway.LinkedGateway;
import dev.sluice.frontend.gateway.LinkedGateway.Observers;
import dev.sluice.frontend.gateway.LinkedGateway.PayloadLimits;
import dev.sluice.frontend.gateway.Routers;
import dev.sluice.frontend.gateway.Tally;
import dev.sluice.frontend.metrics.LedgerGauges;
import dev.sluice.frontend.metrics.MicrometerGatewayMetrics;
import dev.sluice.frontend.query.Gateway;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Wires the gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    SluiceProperties.class,
    LinkProperties.class,
    DiscoveryProperties.class,
    GatewayProperties.class
})
class GatewayConfiguration {

    private static final int TICK_MILLIS = 5;

    @Bean
    ReactorResourceFactory reactorResourceFactory(SluiceProperties sluice) {
        ReactorResourceFactory factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        int loops = sluice.eventLoops() > 0
                ? sluice.eventLoops()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        factory.setLoopResourcesSupplier(() -> LoopResources.create("sluice", loops, true));
        return factory;
    }

    @Bean
    Tally gatewayMetrics(MeterRegistry meters) {
        return new Tally(new MicrometerGatewayMetrics(meters));
    }

    @Bean
    Routers routers(GatewayMetrics gatewayMetrics) {
        return new Routers(gatewayMetrics::announced);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    GoneVersions goneVersions(Routers routers, Tally gatewayMetrics, SluiceProperties sluice) {
        return new GoneVersions(routers, gatewayMetrics, sluice.forgetAfter(), System::nanoTime);
    }

    @Bean
    Ledger ledger() {
        return new Ledger();
    }

    @Bean(destroyMethod = "stop")
    Timer deadlineTimer() {
        return new HashedWheelTimer(
                new DefaultThreadFactory("deadlines", true), TICK_MILLIS, TimeUnit.MILLISECONDS, 1024, false);
    }

    @Bean
    Gateway gateway(
            Routers routers,
            Timer deadlineTimer,
            Ledger ledger,
            GatewayMetrics gatewayMetrics,
            QueryHistory queryHistory,
            ObjectProvider<Spans> spans,
            PayloadLimits payloadLimits) {
        return new LinkedGateway(
                routers,
                deadlineTimer,
                new Observers(ledger, gatewayMetrics, queryHistory, spans.getIfAvailable(() -> Spans.NONE)),
                payloadLimits);
    }

    @Bean
    PayloadLimits payloadLimits(LinkProperties link, GatewayProperties gateway) {
        if (gateway.maxRetained().compareTo(link.maxPayload()) < 0) {
            throw new SettingRefused(
                    "sluice.frontend.max-retained is " + gateway.maxRetained() + ", so that an input as large as"
                            + " sluice.link.max-payload allows (" + link.maxPayload() + ") could never be taken.",
                    "Raise sluice.frontend.max-retained, or lower sluice.link.max-payload.");
        }
        return new PayloadLimits(
                link.maxPayload().toBytes(), gateway.maxRetained().toBytes());
    }

    @Bean
    Identity identity(SluiceProperties sluice, ServerProperties server) {
        int port = server.getPort() == null ? 8080 : server.getPort();
        return Identity.fresh(
                Role.FRONTEND,
                sluice.nodeIdOr(port == 0 ? (int) ProcessHandle.current().pid() : port));
    }

    @Bean
    MeterFilter nodeTag(Identity identity) {
        return NodeTag.of(identity);
    }

    @Bean
    LinkContext linkContext(
            Routers routers,
            Identity identity,
            SluiceProperties sluice,
            LinkProperties link,
            LinkTransport transport,
            ServerProperties server,
            AccessProperties access,
            Environment environment) {
        BindRule.check(server.getAddress(), sluice.clusterSecret());
        AccessRule.check(server.getAddress(), access, "server.address");
        BindRule.checkManagement(environment, sluice.clusterSecret());
        return new LinkContext(identity, link.settings(sluice.clusterSecret()), routers, transport);
    }

    @Bean
    LinkTransport linkTransport(LinkProperties link, ObjectProvider<SslBundles> bundles) {
        return link.transport(bundles::getObject);
    }

    /** Takes the resources itself: what stops with the application stops before what it takes, not before what that takes. */
    @Bean
    RouterConnections routerConnections(
            LinkContext context,
            SluiceProperties sluice,
            DiscoveryProperties discovery,
            ObjectProvider<RouterSource> discovered,
            ReactorResourceFactory resources) {
        return new RouterConnections(
                discovery.lookup(context, sluice.routers(), discovered.getIfAvailable(), resources.getLoopResources()));
    }

    @Bean
    FirstCatalogue firstCatalogue(Routers routers, GatewayProperties gateway, LinkProperties link) {
        return new FirstCatalogue(routers, gateway.catalogueWait(link.lease()));
    }

    @Bean
    MeterBinder ledgerGauges(Ledger ledger, Routers routers) {
        return new LedgerGauges(ledger, routers);
    }
}
