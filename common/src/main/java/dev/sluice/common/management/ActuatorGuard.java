package dev.sluice.common.management;

import dev.sluice.common.http.BearerSecret;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Lets who knows a secret see what Actuator tells, and everybody only whether the process is well. */
public final class ActuatorGuard implements WebFilter, Ordered {

    private static final byte[] REFUSAL = """
            {"status":401,"title":"Unauthorized","detail":"Actuator wants a secret here, that of \
            sluice.cluster-secret or of sluice.management.secret. Send it with the header Authorization: Bearer SECRET, or name the endpoint in sluice.management.open."}""".getBytes(StandardCharsets.UTF_8);

    private final List<BearerSecret> secrets;

    /** As Actuator matches its paths: a path that is written in another way is the same to both. */
    private final PathPattern all;

    private final List<PathPattern> open;

    /**
     * @param secrets of which any will do
     * @param base where Actuator is, without a slash at its end
     * @param open endpoints that need no secret
     */
    public ActuatorGuard(List<BearerSecret> secrets, String base, Collection<String> open) {
        this.secrets = List.copyOf(secrets);
        this.all = pattern(base + "/**");
        this.open = open.stream()
                .map(endpoint -> pattern(base + "/" + endpoint + "/**"))
                .toList();
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        boolean guarded = all.matches(path) && (climbs(path) || open.stream().noneMatch(each -> each.matches(path)));
        String given = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        boolean known = secrets.stream().anyMatch(secret -> secret.isProvedBy(given));
        return guarded && !known ? refuse(exchange.getResponse()) : chain.filter(exchange);
    }

    /** Whether it leads, for who follows it step by step, to something else than it seems to. */
    private static boolean climbs(PathContainer path) {
        return path.elements().stream()
                .anyMatch(each -> each instanceof PathSegment segment && "..".equals(segment.valueToMatch()));
    }

    private static Mono<Void> refuse(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.UNAUTHORIZED);
        response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, BearerSecret.CHALLENGE);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(REFUSAL.clone())));
    }

    /** Before anything that may tell. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
