package dev.sluice.frontend.http.caller;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.http.QueryHeaders;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

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
        boolean another = !context.equals(exchange.getApplicationContext());
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
        return Mono.defer(() -> {
            Credentials credentials = credentials(request);
            Caller known = callers.known(credentials);
            return known != null ? Mono.just(known) : callers.identify(credentials);
        });
    }

    private static Credentials credentials(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return Credentials.of(
                headers.getFirst(HttpHeaders.AUTHORIZATION),
                headers.getFirst(QueryHeaders.API_KEY.toString()),
                QueryHeaders.tenant(headers.getFirst(QueryHeaders.TENANT.toString()), request.getRemoteAddress()));
    }

    private static PathContainer path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication();
    }
}
