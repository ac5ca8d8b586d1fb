package dev.sluice.router.config;

import dev.sluice.router.fleet.store.RedisFleetStore;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Wires the store in Redis: only where it is asked for is there a client at all. Not by ImportAutoConfiguration, which what the
 * application excludes is excluded from.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "sluice.fleet.store", havingValue = FleetProperties.REDIS)
@Import(DataRedisAutoConfiguration.class)
class RedisFleetConfiguration {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(10);

    @Bean
    LettuceClientOptionsBuilderCustomizer commandsAreSentOnce() {
        return RedisFleetStore::neverAgain;
    }

    @Bean(destroyMethod = "close")
    RedisFleetStore redisFleetStore(
            ReactiveRedisConnectionFactory connections, DataRedisProperties redis, FleetProperties fleet) {
        Duration timeout = redis.getTimeout() == null ? USUAL_TIMEOUT : redis.getTimeout();
        return new RedisFleetStore(connections, fleet.redisPrefix(), timeout, LOOK);
    }

    @Bean
    RedisFleetLifecycle redisFleetLifecycle(RedisFleetStore store) {
        return new RedisFleetLifecycle(store);
    }
}
