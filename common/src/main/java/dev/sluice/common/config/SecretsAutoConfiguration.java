package dev.sluice.common.config;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps secrets out of what Actuator shows, also where it is told to show values: who may look at a process need not be one who may
 * join the platform, or its databases.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class SecretsAutoConfiguration {

    @Bean
    SanitizingFunction secrets() {
        return SanitizingFunction.sanitizeValue().ifLikelySensitive();
    }
}
