package dev.sluice.frontend.drain;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Once a stop has begun, tells the connections of everything that Spring serves to close. */
public final class ConnectionCloseFilter implements WebFilter {

    private final FrontendDrain drain;

    public ConnectionCloseFilter(FrontendDrain drain) {
        this.drain = drain;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (drain.isDraining()) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        return chain.filter(exchange);
    }
}
