package dev.sluice.client;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.transport.Budget;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** What holds for calls over any protocol: the deadline, retries within it, and the end of the client. */
final class Attempts {

    /** After a deadline the platform is given so long to say itself that it passed. */
    static final Duration GRACE = Duration.ofMillis(500);

    private final RetryBudget budget = new RetryBudget();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Duration maxWait;

    /** @param maxWait for a first result where a call has no SLO of its own, and for pages */
    Attempts(Duration maxWait) {
        this.maxWait = maxWait;
    }

    /**
     * @param slo until the first result; null: the actor's
     * @param call an attempt, and what is left of the SLO
     */
    <T> Flux<T> many(@Nullable Duration slo, RetryPolicy policy, Function<Budget, Flux<T>> call) {
        return Flux.defer(() -> {
            budget.earn();
            One<T> one = new One<>(slo, policy, call);
            Duration most = slo == null ? maxWait : slo.plus(GRACE);
            return within(most, one.run(), () -> expired(slo, most));
        });
    }

    <T> Mono<T> one(@Nullable Duration slo, RetryPolicy policy, Function<Budget, Mono<T>> call) {
        return many(slo, policy, budget -> call.apply(budget).flux()).singleOrEmpty();
    }

    /** For what is no query. */
    <T> Mono<T> page(Supplier<Mono<T>> call) {
        return page(maxWait, call);
    }

    /** Likewise, no longer than this. */
    <T> Mono<T> page(Duration most, Supplier<Mono<T>> call) {
        return within(
                        most,
                        Mono.defer(call).flux(),
                        () -> new SluiceException(ErrorCode.EXPIRED, "No answer came within " + most + "."))
                .singleOrEmpty();
    }

    private <T> Flux<T> within(Duration most, Flux<T> results, Supplier<SluiceException> late) {
        return untilClosed(results.timeout(Mono.delay(most))
                .onErrorMap(TimeoutException.class, timeout -> late.get())
                .onErrorMap(failure -> !(failure instanceof SluiceException), Attempts::unexpected));
    }

    private static SluiceException unexpected(Throwable cause) {
        return new SluiceException(ErrorCode.FAILED, "This client failed: " + cause, null, cause);
    }

    /** What is under way fails now, and what is still to come. */
    void close() {
        closed.tryEmitEmpty();
    }

    private <T> Flux<T> untilClosed(Flux<T> results) {
        return results.takeUntilOther(closed.asMono()
                .then(Mono.error(() -> new SluiceException(ErrorCode.CANCELLED, "This client was closed."))));
    }

    private static SluiceException expired(@Nullable Duration slo, Duration most) {
        String limit = slo == null
                ? "the " + most + " that this client waits where a call has no SLO"
                : "its SLO of " + slo + ", nor " + GRACE + " after it";
        return new SluiceException(ErrorCode.EXPIRED, "No result came within " + limit + "; the query is given up.");
    }

    /** One call with all its attempts. */
    private final class One<T> {

        private final Scheduler clock = Schedulers.parallel();
        private final @Nullable Duration slo;
        private final RetryPolicy policy;
        private final Function<Budget, Flux<T>> call;
        private final long start = clock.now(TimeUnit.NANOSECONDS);
        private final AtomicBoolean begun = new AtomicBoolean();

        One(@Nullable Duration slo, RetryPolicy policy, Function<Budget, Flux<T>> call) {
            this.slo = slo;
            this.policy = policy;
            this.call = call;
        }

        Flux<T> run() {
            return policy.maxAttempts() == 1
                    ? call.apply(this::left)
                    : Flux.defer(() -> call.apply(this::left))
                            .doOnNext(result -> begun.set(true))
                            .retryWhen(Retry.from(failures ->
                                    failures.concatMap(failure -> orFail(failure.failure(), failure.totalRetries()))));
        }

        private @Nullable Duration left() {
            return slo == null ? null : leftOf(slo);
        }

        private Duration leftOf(Duration time) {
            return time.minusNanos(clock.now(TimeUnit.NANOSECONDS) - start);
        }

        private Mono<Long> orFail(Throwable cause, long retries) {
            if (!(cause instanceof SluiceException failure)
                    || begun.get()
                    || !mayHelp(failure.code())
                    || retries + 1 >= policy.maxAttempts()) {
                return Mono.error(cause);
            }
            Duration wait = policy.backoff(retries, ThreadLocalRandom.current().nextDouble());
            Duration asked = failure.retryAfter().orElse(Duration.ZERO);
            Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
            boolean inTime = longer.compareTo(leftOf(slo == null ? maxWait : slo)) < 0;
            if (!inTime || !budget.spend()) {
                return Mono.error(cause);
            }
            return Mono.delay(longer);
        }
    }

    /** With less of the SLO left, what was unmeetable is even more so. */
    private static boolean mayHelp(ErrorCode code) {
        return code.retryable() && code != ErrorCode.UNMEETABLE;
    }
}
