package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AttemptsTest {

    private static final Duration MAX_WAIT = Duration.ofMinutes(5);
    private static final Duration SLO = Duration.ofSeconds(10);

    private final Attempts attempts = new Attempts(MAX_WAIT);
    private final List<@Nullable Duration> budgets = new ArrayList<>();

    private static SluiceException failure(ErrorCode code, @Nullable Duration retryAfter) {
        return new SluiceException(code, "planned", retryAfter, null);
    }

    private static SluiceException full(Duration retryAfter) {
        return failure(ErrorCode.OVERLOADED, retryAfter);
    }

    private static Consumer<Throwable> code(ErrorCode code) {
        return thrown -> assertThat(((SluiceException) thrown).code()).isEqualTo(code);
    }

    /** Attempts that end one after the other like this, the last one as often as need be. */
    @SafeVarargs
    private Supplier<Flux<String>> calls(@Nullable Duration slo, RetryPolicy policy, Supplier<Flux<String>>... ends) {
        return () -> attempts.many(slo, policy, budget -> {
            budgets.add(budget.left());
            return ends[Math.min(budgets.size(), ends.length) - 1].get();
        });
    }

    @Test
    void sendsOnceUnlessAskedForMore() {
        StepVerifier.withVirtualTime(calls(SLO, RetryPolicy.NONE, () -> Flux.error(full(Duration.ofMillis(1)))))
                .verifyErrorSatisfies(code(ErrorCode.OVERLOADED));
        assertThat(budgets).containsExactly(SLO);
    }

    @Test
    void sendsAgainNoSoonerThanItIsToldAndWithWhatIsLeftOfTheSlo() {
        StepVerifier.withVirtualTime(calls(
                        SLO,
                        RetryPolicy.attempts(3),
                        () -> Flux.error(full(Duration.ofSeconds(3))),
                        () -> Flux.error(full(Duration.ofSeconds(2))),
                        () -> Flux.just("result")))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(3))
                .expectNoEvent(Duration.ofMillis(1_999))
                .thenAwait(Duration.ofMillis(1))
                .expectNext("result")
                .verifyComplete();
        assertThat(budgets).containsExactly(SLO, Duration.ofSeconds(7), Duration.ofSeconds(5));
    }

    @Test
    void makesNoMoreAttemptsThanThePolicySays() {
        StepVerifier.withVirtualTime(
                        calls(SLO, RetryPolicy.attempts(3), () -> Flux.error(full(Duration.ofMillis(200)))))
                .thenAwait(Duration.ofSeconds(9))
                .verifyErrorSatisfies(code(ErrorCode.OVERLOADED));
        assertThat(budgets).hasSize(3);
    }

    @Test
    void failsAtOnceWhereTheWaitWouldOutlastTheSlo() {
        StepVerifier.withVirtualTime(calls(SLO, RetryPolicy.attempts(3), () -> Flux.error(full(SLO))))
                .verifyErrorSatisfies(code(ErrorCode.OVERLOADED));
        assertThat(budgets).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OVERLOADED", "QUOTA", "UNAVAILABLE"})
    void sendsNothingAgainThatMayHaveRunOrCannotSucceed(ErrorCode code) {
        StepVerifier.withVirtualTime(calls(SLO, RetryPolicy.attempts(3), () -> Flux.error(failure(code, null))))
                .verifyErrorSatisfies(code(code));
        assertThat(budgets).hasSize(1);
    }

    @Test
    void sendsNoStreamAgainThatHasBegun() {
        StepVerifier.withVirtualTime(calls(
                        SLO,
                        RetryPolicy.attempts(3),
                        () -> Flux.just("first").concatWith(Flux.error(full(Duration.ofMillis(1))))))
                .expectNext("first")
                .verifyErrorSatisfies(code(ErrorCode.OVERLOADED));
        assertThat(budgets).hasSize(1);
    }

    @Test
    void sendsNoMoreAgainThanATenthOfAllCalls() {
        for (int call = 0; call < 200; call++) {
            StepVerifier.withVirtualTime(
                            calls(null, RetryPolicy.attempts(2), () -> Flux.error(full(Duration.ofMillis(1)))))
                    .thenAwait(Duration.ofSeconds(1))
                    .verifyErrorSatisfies(code(ErrorCode.OVERLOADED));
        }
        // What was saved at the start, and one for every ten calls.
        assertThat(budgets.size() - 200).isBetween(28, 30);
    }

    @Test
    void givesUpAGraceAfterTheSlo() {
        StepVerifier.withVirtualTime(calls(SLO, RetryPolicy.NONE, Flux::never))
                .expectSubscription()
                .expectNoEvent(SLO.plus(Attempts.GRACE).minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(code(ErrorCode.EXPIRED));
    }

    @Test
    void givesUpAfterAllAttemptsTogetherTookTheSlo() {
        StepVerifier.withVirtualTime(
                        calls(SLO, RetryPolicy.attempts(5), () -> Flux.error(full(Duration.ofSeconds(8))), Flux::never))
                .expectSubscription()
                .expectNoEvent(SLO.plus(Attempts.GRACE).minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(code(ErrorCode.EXPIRED));
        assertThat(budgets).containsExactly(SLO, Duration.ofSeconds(2));
    }

    @Test
    void waitsLongButNotForEverWhereACallHasNoSlo() {
        StepVerifier.withVirtualTime(calls(null, RetryPolicy.NONE, Flux::never))
                .expectSubscription()
                .expectNoEvent(MAX_WAIT.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(code(ErrorCode.EXPIRED));
        assertThat(budgets).isEqualTo(Arrays.asList((Duration) null));
    }

    @Test
    void failsAtOnceWhereTheWaitWouldOutlastWhatACallWithoutAnSloWaits() {
        StepVerifier.withVirtualTime(
                        calls(null, RetryPolicy.attempts(3), () -> Flux.error(full(MAX_WAIT.minusSeconds(1)))))
                .thenAwait(MAX_WAIT.minusSeconds(1))
                .verifyErrorSatisfies(code(ErrorCode.OVERLOADED));
        assertThat(budgets).hasSize(2);
    }

    @Test
    void whateverElseIsThrownIsAFailureToo() {
        StepVerifier.withVirtualTime(
                        calls(SLO, RetryPolicy.attempts(3), () -> Flux.error(new IllegalStateException("planned"))))
                .verifyErrorSatisfies(code(ErrorCode.FAILED));
        assertThat(budgets).hasSize(1);
    }

    @Test
    void aPageHasALimitOfItsOwnAndSaysSo() {
        StepVerifier.withVirtualTime(() -> attempts.page(Duration.ofSeconds(5), Mono::never))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(4_999))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorMessage("EXPIRED: No answer came within PT5S.");
    }

    @Test
    void closingEndsTheWaitForARetry() {
        StepVerifier.withVirtualTime(calls(SLO, RetryPolicy.attempts(3), () -> Flux.error(full(Duration.ofSeconds(5)))))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .then(attempts::close)
                .verifyErrorSatisfies(code(ErrorCode.CANCELLED));
        assertThat(budgets).hasSize(1);
    }

    @Test
    void waitsDoubleAndAreCutAtRandom() {
        RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(350));
        assertThat(policy.backoff(0, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.backoff(1, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.backoff(2, 0)).isEqualTo(Duration.ofMillis(350));
        assertThat(policy.backoff(5_000, 1)).isEqualTo(Duration.ofMillis(175));
    }
}
