package dev.sluice.host.sql.config;

import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.file.SqlFolder;
import dev.sluice.sdk.config.ActorSettings;
import dev.sluice.sdk.host.Host;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves a folder of SQL actors, where {@code sluice.host.sql.dir} names one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SqlProperties.class)
@ConditionalOnProperty(SqlConfiguration.DIR)
class SqlConfiguration {

    static final String DIR = "sluice.host.sql.dir";

    @Bean(destroyMethod = "close")
    Sources sluiceSqlSources(SqlProperties properties) {
        return new Sources(properties);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService sluiceSqlTimers() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sql-timers");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    SqlActors sluiceSqlActors(SqlProperties properties, Sources sources, ScheduledExecutorService sluiceSqlTimers) {
        Path dir = Objects.requireNonNull(properties.dir(), DIR);
        return SqlActors.in(
                new SqlFolder(dir, properties.limits()),
                file -> new SqlActorType(
                        file, sources.named(file.source()), PooledByteBufAllocator.DEFAULT, sluiceSqlTimers));
    }

    @Bean
    ServedQueries sluiceServedQueries(SqlActors actors, Host host, ActorSettings settings, SqlProperties properties) {
        return new ServedQueries(actors, host, settings, properties.serve());
    }
}
