package dev.sluice.frontend.config;

import dev.sluice.common.link.Identity;
import dev.sluice.frontend.explain.QueriesEndpoint;
import dev.sluice.frontend.explain.QueryHistory;
import dev.sluice.frontend.page.QueryExplanations;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires what explains where the time of queries went. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExplainProperties.class)
class ExplainConfiguration {

    @Bean
    QueryHistory queryHistory(ExplainProperties settings) {
        return new QueryHistory(settings.last(), System::nanoTime);
    }

    /**
     * For the page, which shows of one query what its caller waited for. Who reaches the frontend may be another than that caller, and
     * why a query failed may tell of what was in it: only this machine is told that.
     */
    @Bean
    QueryExplanations queryExplanations(QueryHistory history, Identity identity, Environment environment) {
        boolean onlyLoopback = PageCondition.onlyLoopback(environment);
        QueriesEndpoint queries = new QueriesEndpoint(history, identity.nodeId());
        return id -> Optional.ofNullable(queries.query(id)).map(query -> onlyLoopback ? query : query.withoutMessage());
    }

    @Bean
    @Conditional(PrivateManagement.class)
    QueriesEndpoint queriesEndpoint(QueryHistory history, Identity identity) {
        return new QueriesEndpoint(history, identity.nodeId());
    }
}
