package dev.sluice.host.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.SluiceProperties;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The stock host listens beyond loopback only where a cluster secret protects the platform. */
@Configuration(proxyBeanMethods = false)
class HostBindConfiguration {

    @Bean
    InitializingBean bindRule(ServerProperties server, SluiceProperties sluice, Environment environment) {
        return () -> {
            BindRule.check(server.getAddress(), sluice.clusterSecret());
            BindRule.checkManagement(environment, sluice.clusterSecret());
        };
    }
}
