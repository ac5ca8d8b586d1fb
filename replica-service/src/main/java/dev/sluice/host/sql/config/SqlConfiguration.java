package dev.sluice.host.sql.config;

import dev.sluice.host.sql.file.SqlFolder;
import dev.sluice.host.sql.metrics.QueryMeters;
import dev.sluice.host.sql.repository.QueriesHealth;
import dev.sluice.host.sql.repository.QueryFactory;
import dev.sluice.host.sql.repository.QueryWatch;
import dev.sluice.host.sql.repository.ServedQueries;
import dev.sluice.host.sql.repository.SqlActors;
import dev.sluice.sdk.config.ActorSettings;
import dev.sluice.sdk.host.Host;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves a folder of SQL actors, where {@code sluice.host.sql.dir} names one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SqlProperties.class)
class SqlConfiguration {

    private static final String DIR = "sluice.host.sql.dir";

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(DIR)
    Sources sluiceSqlSources(SqlProperties properties) {
        return new Sources(properties);
    }

    @Bean(destroyMethod = "shutdownNow")
    @ConditionalOnProperty(DIR)
    ScheduledExecutorService sluiceSqlTimers() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sql-timers");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    @ConditionalOnProperty(DIR)
    SqlActors sluiceSqlActors() {
        return new SqlActors();
    }

    @Bean
    @ConditionalOnProperty(DIR)
    ServedQueries sluiceServedQueries(SqlActors actors, Host host, ActorSettings settings, SqlProperties properties) {
        return new ServedQueries(actors, host, settings, properties.serve());
    }

    @Bean
    @ConditionalOnProperty(DIR)
    QueryWatch sluiceQueryWatch(
            SqlProperties properties,
            Sources sources,
            ScheduledExecutorService sluiceSqlTimers,
            ServedQueries served,
            MeterRegistry registry) {
        Path dir = Objects.requireNonNull(properties.dir(), DIR);
        QueryWatch watch = new QueryWatch(
                new SqlFolder(dir, properties.limits()),
                new QueryFactory(sources::named, PooledByteBufAllocator.DEFAULT, sluiceSqlTimers),
                served,
                properties.watchInterval());
        QueryMeters.of(watch::statuses, registry);
        return watch;
    }

    @Bean
    QueriesHealth sluiceSqlHealthIndicator(ObjectProvider<QueryWatch> watch) {
        return new QueriesHealth(watch.getIfAvailable());
    }
}
