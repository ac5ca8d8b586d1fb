package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class TicksTest {

    private final Ticks ticks = new Ticks();

    @Test
    void streamsFromOneToWhatWasAsked() {
        StepVerifier.create(ticks.call(3)).expectNext(1, 2, 3).verifyComplete();
        StepVerifier.create(ticks.call(1_000)).expectNextCount(1_000).verifyComplete();
        StepVerifier.create(ticks.call(0)).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_001, Integer.MAX_VALUE})
    void saysHowManyItStreamsWhereMoreAreAsked(int n) {
        assertThatThrownBy(() -> ticks.call(n))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ticks streams 0 to 1000 numbers, not " + n);
    }

    @Test
    void keepsThePaceThatWasAsked() {
        StepVerifier.withVirtualTime(() -> ticks.paced(new Ticks.Pace(2, 200)))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(200))
                .expectNext(1)
                .expectNoEvent(Duration.ofMillis(200))
                .expectNext(2)
                .verifyComplete();
    }

    @Test
    void refusesANegativePace() {
        assertThatThrownBy(() -> ticks.paced(new Ticks.Pace(2, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("everyMillis is 0 or more, not -1");
    }
}
