package dev.sluice.router.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RequestsTest {

    @Test
    void doesNotWaitForABodyThatNeverEnds() {
        StepVerifier.withVirtualTime(() -> Requests.json(request(Flux.never())))
                .expectSubscription()
                .expectNoEvent(Requests.BODY_PATIENCE.minusMillis(1))
                .thenAwait(Requests.BODY_PATIENCE)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                HttpRefused.class,
                                refused -> assertThat(refused.status()).isEqualTo(HttpStatus.REQUEST_TIMEOUT))
                        .hasMessageContaining("Content-Length"))
                .verify();
    }

    private static ServerRequest request(Flux<DataBuffer> body) {
        return ServerRequest.create(
                MockServerWebExchange.from(MockServerHttpRequest.post("/")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body)),
                List.of());
    }
}
