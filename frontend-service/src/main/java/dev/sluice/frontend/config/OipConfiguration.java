package dev.sluice.frontend.config;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.QueryEndpoint;
import dev.sluice.frontend.oip.OipPages;
import dev.sluice.frontend.oip.OipRoute;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.ServerInfo;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the Open Inference Protocol into the web server. */
@Configuration(proxyBeanMethods = false)
class OipConfiguration {

    @Bean
    ServerInfo serverInfo(ObjectProvider<BuildProperties> build) {
        return new ServerInfo(
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown"));
    }

    @Bean
    OipPages oipPages(
            Gateway gateway, FrontendDrain drain, ObjectProvider<QueryStatistics> statistics, ServerInfo server) {
        return new OipPages(gateway, drain, statistics.getIfAvailable(() -> QueryStatistics.NONE), server);
    }

    /** The web server asks for what provides routes, and takes it before what customizes it: the native protocol's comes last. */
    @Bean
    OipRoute oipRoute(QueryEndpoint endpoint, OipPages pages, FrontendDrain drain) {
        return new OipRoute(endpoint, pages, drain);
    }
}
