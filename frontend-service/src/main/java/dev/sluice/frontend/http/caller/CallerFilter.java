package dev.sluice.frontend.http.caller;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.http.QueryHeaders;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Lets nobody unknown to what Spring serves on the callers' port. A port of Actuator's own is not for callers as it is. */
public final class CallerFilter implements WebFilter {

    private final Callers callers;
    private final DoorList doors;
    private final QueryMetrics metrics;
    private final ApplicationContext context;

    /** @param context whose requests these are */
    public CallerFilter(Callers callers, DoorList doors, QueryMetrics metrics, ApplicationContext context) {
        this.callers = callers;
        this.doors = doors;
        this.metrics = metrics;
        this.context = context;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ApplicationContext served = exchange.getApplicationContext();
        boolean another = served != null && !context.equals(served);
        if (another || doors.isOpen(path(exchange))) {
            return chain.filter(exchange);
        }
        return caller(exchange.getRequest())
                .doOnNext(caller -> {
                    if (doors.isForOperators(path(exchange))) {
                        caller.mustBeOperator();
                    }
                })
                .doOnError(
                        QueryException.class,
                        e -> metrics.refused(Protocol.HTTP, e.failure().code()))
                .flatMap(caller -> {
                    RequestCaller.set(exchange, caller);
                    return chain.filter(exchange);
                });
    }

    private Mono<Caller> caller(ServerHttpRequest request) {
        HttpServerRequest netty = ServerHttpRequestDecorator.getNativeRequest(request);
        return Mono.defer(() -> callers.identify(QueryHeaders.credentials(netty), QueryHeaders.loop(netty)));
    }

    private static PathContainer path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication();
    }
}
