package dev.sluice.frontend.config;

import dev.sluice.common.config.SluiceProperties;
import dev.sluice.common.link.Identity;
import dev.sluice.common.link.LinkTransport;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.metrics.MeteredTraffic;
import dev.sluice.frontend.page.OwnSite;
import dev.sluice.frontend.page.OwnTraffic;
import dev.sluice.frontend.page.PageRoutes;
import dev.sluice.frontend.page.PageSettings;
import dev.sluice.frontend.page.QueryExplanations;
import dev.sluice.frontend.page.RouterOverviews;
import dev.sluice.frontend.query.Gateway;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the page at {@code /ui}. */
@Configuration(proxyBeanMethods = false)
@Conditional(PageCondition.class)
@EnableConfigurationProperties({PageSettings.class, SluiceProperties.class})
class PageConfiguration {

    @Bean
    OwnTraffic ownTraffic(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable();
        return registry == null ? OwnTraffic.NONE : new MeteredTraffic(registry);
    }

    @Bean
    RouterOverviews routerOverviews(
            ReactorResourceFactory resources,
            ObjectProvider<LinkTransport> transport,
            SluiceProperties sluice,
            PageSettings settings) {
        return new RouterOverviews(
                resources.getLoopResources(),
                transport.getIfAvailable(() -> LinkTransport.CLEARTEXT),
                sluice.clusterSecret(),
                settings.routerTimeout());
    }

    @Bean
    PageRoutes.Subject pageSubject(
            Gateway gateway,
            OwnTraffic traffic,
            ObjectProvider<Identity> identity,
            ObjectProvider<LinkedPeers> peers,
            ObjectProvider<QueryExplanations> queries) {
        return new PageRoutes.Subject(
                identity.stream().map(Identity::nodeId).findFirst().orElse("frontend"),
                gateway::ready,
                traffic,
                () -> peers.stream().flatMap(each -> each.links().stream()).toList(),
                queries.getIfAvailable(() -> QueryExplanations.NONE));
    }

    @Bean
    RouterFunction<ServerResponse> pageRoutes(
            PageRoutes.Subject subject,
            RouterOverviews overviews,
            PageSettings settings,
            FrontendDrain drain,
            OwnSite site) {
        return new PageRoutes(subject, overviews, settings, drain, site).routes();
    }
}
