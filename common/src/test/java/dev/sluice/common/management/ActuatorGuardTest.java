package dev.sluice.common.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.http.BearerSecret;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class ActuatorGuardTest {

    private final ActuatorGuard guard = new ActuatorGuard(
            List.of(new BearerSecret("s3cret "), new BearerSecret("for scrapes")),
            "/actuator",
            Set.of("health", "prometheus"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/",
                "/actuator/info",
                "/actuator/env/java.version",
                "/actuator//info",
                "/actuator/%69nfo",
                "/actuator/healthy",
                "/actuator/queries/health",
                "/actuator/health/../info",
                "/actuator/health/%2e%2e/info",
            })
    void wantsTheSecret(String path) {
        assertThat(passes(path, null)).as("without").isFalse();
        assertThat(passes(path, "Bearer another")).as("with another").isFalse();
        assertThat(passes(path, "Basic s3cret")).as("in another way").isFalse();
        assertThat(passes(path, "Bearer s3cret")).as("with it").isTrue();
        assertThat(passes(path, "Bearer for scrapes")).as("with the other").isTrue();
        assertThat(passes(path, "bearer  s3cret "))
                .as("as headers may be written")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/prometheus",
                "/",
                "/vadder",
                "/actuators",
                "/v2/actuator/info",
            })
    void letsEverybodyPass(String path) {
        assertThat(passes(path, null)).isTrue();
    }

    @Test
    void saysWhatIsMissing() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/actuator/info"));
        guard.filter(exchange, next -> Mono.error(new AssertionError("it passed")))
                .block();
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(exchange.getResponse().getHeaders().getFirst("WWW-Authenticate"))
                .startsWith("Bearer");
        assertThat(exchange.getResponse().getBodyAsString().block()).contains("Authorization: Bearer SECRET");
    }

    private boolean passes(String path, String authorization) {
        MockServerHttpRequest.BaseBuilder<?> request =
                MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://localhost" + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        AtomicBoolean passed = new AtomicBoolean();
        guard.filter(MockServerWebExchange.from(request), next -> Mono.fromRunnable(() -> passed.set(true)))
                .block();
        return passed.get();
    }
}
