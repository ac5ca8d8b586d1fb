package dev.sluice.frontend.config;

import dev.sluice.frontend.page.OwnSite;
import dev.sluice.frontend.page.PageSettings;
import dev.sluice.frontend.page.QueriesGuard;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what keeps pages of other sites out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PageSettings.class)
class OwnSiteConfiguration {

    @Bean
    OwnSite ownSite(PageSettings settings) {
        return new OwnSite(settings.hosts());
    }

    /** A port of Actuator's own has other names than the callers' one. */
    @Bean
    @ConditionalOnManagementPort(ManagementPortType.SAME)
    QueriesGuard queriesGuard(OwnSite site, @Value("${management.endpoints.web.base-path:/actuator}") String actuator) {
        return new QueriesGuard(site, actuator);
    }
}
