package dev.sluice.common.http;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What follows of a request may turn out to be no HTTP while somebody is at work on its beginning. The server refuses it by itself then, and
 * the answer comes too late. That is the caller's fault, and nothing to be told in a log, where anybody could write as much as they like.
 */
public final class EarlyRefusals implements WebFilter, Ordered {

    /** So Reactor Netty says that the head of a response has left already. */
    static final String TOO_LATE = "Status and headers already sent";

    /** Before all others, which have nothing to do with it. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorResume(EarlyRefusals::isTooLate, tooLate -> Mono.empty());
    }

    private static boolean isTooLate(Throwable failure) {
        return failure instanceof IllegalStateException && TOO_LATE.equals(failure.getMessage());
    }
}
