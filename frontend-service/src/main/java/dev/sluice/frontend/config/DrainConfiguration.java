package dev.sluice.frontend.config;

import dev.sluice.common.config.StopTime;
import dev.sluice.frontend.drain.ConnectionCloseFilter;
import dev.sluice.frontend.drain.DrainSettings;
import dev.sluice.frontend.drain.FrontendDrain;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the drain. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainSettings.class)
class DrainConfiguration {

    @Bean
    FrontendDrain frontendDrain(ApplicationContext context, DrainSettings settings, LifecycleProperties lifecycle) {
        new StopTime(lifecycle.getTimeoutPerShutdownPhase())
                .mustHold("sluice.drain.stream-limit", settings.streamLimit());
        return new FrontendDrain(context, settings);
    }

    @Bean
    ConnectionCloseFilter connectionCloseFilter(FrontendDrain drain) {
        return new ConnectionCloseFilter(drain);
    }
}
