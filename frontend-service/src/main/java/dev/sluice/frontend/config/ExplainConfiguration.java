package dev.sluice.frontend.config;

import dev.sluice.common.link.Identity;
import dev.sluice.frontend.explain.QueriesEndpoint;
import dev.sluice.frontend.explain.QueryHistory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Wires what explains where the time of queries went. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExplainProperties.class)
class ExplainConfiguration {

    @Bean
    QueryHistory queryHistory(ExplainProperties settings) {
        return new QueryHistory(settings.last(), System::nanoTime);
    }

    @Bean
    @Conditional(PrivateManagement.class)
    QueriesEndpoint queriesEndpoint(QueryHistory history, Identity identity) {
        return new QueriesEndpoint(history, identity.nodeId());
    }
}
