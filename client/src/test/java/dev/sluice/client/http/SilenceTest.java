package dev.sluice.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class SilenceTest {

    private static final Duration MOST = Duration.ofSeconds(60);

    private final Sinks.Many<String> chunks = Sinks.many().unicast().onBackpressureBuffer();

    private Flux<String> limited() {
        return new Silence(MOST).limit(chunks.asFlux());
    }

    @Test
    void aStreamOnWhichNothingComesIsLost() {
        StepVerifier.withVirtualTime(() -> limited().concatMap(Flux::just, 1))
                .expectSubscription()
                .expectNoEvent(MOST.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(
                        lost -> assertThat(((SluiceException) lost).code()).isEqualTo(ErrorCode.LOST));
    }

    @Test
    void whateverComesIsASignOfLife() {
        StepVerifier.withVirtualTime(() -> limited().concatMap(Flux::just, 1))
                .thenAwait(MOST.minusSeconds(1))
                .then(() -> chunks.tryEmitNext(":"))
                .expectNext(":")
                .expectNoEvent(MOST.minusSeconds(1))
                .then(() -> chunks.tryEmitNext(":"))
                .expectNext(":")
                .then(chunks::tryEmitComplete)
                .verifyComplete();
    }

    @Test
    void whoReadsNothingIsNotToldThatNothingCame() {
        StepVerifier.withVirtualTime(this::limited, 1)
                .then(() -> chunks.tryEmitNext("1"))
                .expectNext("1")
                .expectNoEvent(MOST.multipliedBy(10))
                .then(() -> chunks.tryEmitNext("2"))
                .thenRequest(1)
                .expectNext("2")
                .then(chunks::tryEmitComplete)
                .verifyComplete();
    }
}
