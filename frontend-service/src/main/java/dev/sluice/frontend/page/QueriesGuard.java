package dev.sluice.frontend.page;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Pages of other sites are told as little of queries by Actuator as by the page. */
public final class QueriesGuard implements WebFilter {

    private final OwnSite site;

    /** As Actuator matches its paths: a path that is written in another way is the same to both. */
    private final PathPattern queries;

    /** @param actuator where Actuator is */
    public QueriesGuard(OwnSite site, String actuator) {
        this.site = site;
        this.queries = PathPatternParser.defaultInstance.parse(actuator + "/queries/**");
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (queries.matches(exchange.getRequest().getPath().pathWithinApplication())) {
            site.mustBeTheOrigin(exchange.getRequest().getHeaders());
        }
        return chain.filter(exchange);
    }
}
