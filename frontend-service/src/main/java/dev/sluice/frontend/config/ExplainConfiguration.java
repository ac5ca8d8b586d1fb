package dev.sluice.frontend.config;

import dev.sluice.common.link.Identity;
import dev.sluice.frontend.explain.QueriesEndpoint;
import dev.sluice.frontend.explain.QueriesEndpoint.Queries;
import dev.sluice.frontend.explain.QueryHistory;
import dev.sluice.frontend.page.QueryExplanations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
     * For the page. Who reaches the frontend may be another than a query's caller, and why it failed may tell of what was in it: only
     * this machine is told that.
     */
    @Bean
    QueryExplanations queryExplanations(QueryHistory history, Identity identity, Environment environment) {
        boolean withMessages = PageCondition.onlyLoopback(environment);
        QueriesEndpoint queries = new QueriesEndpoint(history, identity.nodeId());
        return new QueryExplanations() {

            @Override
            public Optional<Object> of(String id) {
                return Optional.ofNullable(queries.query(id))
                        .map(query -> withMessages ? query : query.withoutMessage());
            }

            @Override
            public Object lists(@Nullable String actor, int limit) {
                Queries lists = queries.queries(actor, limit);
                return withMessages ? lists : lists.withoutMessages();
            }
        };
    }

    @Bean
    @Conditional(PrivateManagement.class)
    QueriesEndpoint queriesEndpoint(QueryHistory history, Identity identity) {
        return new QueriesEndpoint(history, identity.nodeId());
    }
}
