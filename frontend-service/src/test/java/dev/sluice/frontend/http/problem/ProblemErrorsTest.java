package dev.sluice.frontend.http.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;

/** What Spring serves beside queries: lists, and what the page asks. */
class ProblemErrorsTest {

    /** It is in the log. */
    @Test
    void tellsNobodyWhatNobodyExpected() {
        WebTestClient http = WebTestClient.bindToRouterFunction(RouterFunctions.route(GET("/ui/api/now"), request -> {
                    throw new IllegalStateException("planted");
                }))
                .handlerStrategies(HandlerStrategies.builder()
                        .exceptionHandler(new ProblemErrors())
                        .build())
                .build();
        EntityExchangeResult<byte[]> answer = http.get()
                .uri("/ui/api/now")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .returnResult();
        String body = new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8);
        assertThat(body).contains("This frontend failed; its log says why.");
        assertThat(body + answer.getResponseHeaders()).doesNotContain("planted", "Exception", "\tat ", "java.");
    }
}
