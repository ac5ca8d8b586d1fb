package dev.sluice.frontend.http.caller;

import dev.sluice.frontend.access.Caller;
import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/** Carries the caller from the {@link CallerFilter} to whatever serves the request. */
public final class RequestCaller {

    private static final String ATTRIBUTE = RequestCaller.class.getName();

    private RequestCaller() {}

    /** Who sent a request for what is not for everybody. */
    public static Caller of(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.<Caller>getAttribute(ATTRIBUTE), "nobody knows who sent this request");
    }

    static void set(ServerWebExchange exchange, Caller caller) {
        exchange.getAttributes().put(ATTRIBUTE, caller);
    }
}
