package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.problem.ProblemException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class QueriesGuardTest {

    private final QueriesGuard guard = new QueriesGuard(new OwnSite(List.of()), "/actuator");

    private Mono<Boolean> passes(String path, String host) {
        var request =
                MockServerHttpRequest.method(HttpMethod.GET, URI.create(path)).header("Host", host);
        boolean[] passed = {false};
        return Mono.defer(() -> guard.filter(MockServerWebExchange.from(request), exchange -> {
                    passed[0] = true;
                    return Mono.empty();
                }))
                .then(Mono.fromSupplier(() -> passed[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/queries",
                "/actuator/queries?limit=3",
                "/actuator/queries/17",
                "/actuator/%71ueries/17",
                "/actuator/queries;a=b/17"
            })
    void tellsOtherSitesNothingOfQueriesHoweverTheyWriteThePath(String path) {
        StepVerifier.create(passes(path, "elsewhere.example")).verifyError(ProblemException.class);
        assertThat(passes(path, "127.0.0.1:8080").block()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/queriesandmore", "/queries", "/v1/actors"})
    void leavesAllElseAlone(String path) {
        assertThat(passes(path, "elsewhere.example").block()).isTrue();
    }
}
