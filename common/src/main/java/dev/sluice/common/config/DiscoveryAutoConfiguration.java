package dev.sluice.common.config;

import dev.sluice.common.discovery.DiscoveredRouters;
import dev.sluice.common.discovery.SluiceDiscoveryClient;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.link.RouterSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClient;
import org.springframework.context.annotation.Bean;

/** Joins a Sluice process and Spring Cloud's discovery, where that is on the class path. */
@AutoConfiguration
@ConditionalOnClass(ReactiveDiscoveryClient.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnReactiveDiscoveryEnabled
@EnableConfigurationProperties({DiscoveryProperties.class, LinkProperties.class})
public class DiscoveryAutoConfiguration {

    @Bean
    SluiceDiscoveryClient sluiceDiscoveryClient(
            ObjectProvider<LinkedPeers> peers, ObjectProvider<ReactiveDiscoveryClient> clients) {
        return new SluiceDiscoveryClient(
                peers::stream, () -> clients.stream().anyMatch(DiscoveryAutoConfiguration::isOfARegistry));
    }

    private static boolean isOfARegistry(ReactiveDiscoveryClient client) {
        return !(client instanceof SluiceDiscoveryClient)
                && !(client instanceof SimpleReactiveDiscoveryClient)
                && !(client instanceof ReactiveCompositeDiscoveryClient);
    }

    /** Of the clients that there are the primary one is asked, which is all of them in their order. */
    @Bean
    @ConditionalOnProperty("sluice.discovery.service-id")
    RouterSource discoveredRouters(DiscoveryProperties discovery, ReactiveDiscoveryClient client, LinkProperties link) {
        return new DiscoveredRouters(
                discovery.serviceId(), client, link.lease(), link.ssl() == null ? "http" : "https");
    }
}
