package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

class AsyncMethodTest {

    private TestReplica replica;

    @BeforeEach
    void freshSources() {
        Source.mono = Sinks.one();
        Source.future = new CompletableFuture<>();
    }

    @AfterEach
    void nothingIsLeaked() {
        replica.close();
    }

    private TestReplica start(Class<?> actor) {
        replica = new TestReplica(actor);
        return replica;
    }

    /** Where the test puts in what actors give back. */
    static final class Source {
        static Sinks.One<Object> mono = Sinks.one();
        static CompletableFuture<Object> future = new CompletableFuture<>();

        private Source() {}
    }

    @Actor("later")
    static class Later {
        Mono<Object> call(int input) {
            return Source.mono.asMono();
        }

        CompletableFuture<Object> future(int input) {
            return Source.future;
        }

        @BatchedInput
        Mono<List<Object>> batch(int[] inputs) {
            return Source.mono
                    .asMono()
                    .map(each -> Arrays.stream(inputs).mapToObj(i -> each).toList());
        }

        @BatchedInput
        CompletionStage<Object[]> stages(int[] inputs) {
            return Source.future.thenApply(
                    each -> Arrays.stream(inputs).mapToObj(i -> each).toArray());
        }
    }

    @Test
    void answersWhenTheMonoDoes() {
        RecordingSink sink = start(Later.class).run("1");
        assertThat(sink.ended(0)).isFalse();
        assertThat(replica.running().isDisposed()).isFalse();

        Source.mono.tryEmitValue("done");
        assertThat(sink.outcomes()).containsExactly("\"done\"");
        assertThat(replica.running().isDisposed()).isTrue();
    }

    @Test
    void answersWhenTheFutureDoes() {
        RecordingSink sink = run("future", "1");
        assertThat(sink.ended(0)).isFalse();

        Source.future.complete(7);
        assertThat(sink.outcomes()).containsExactly("7");
    }

    @Test
    void answersABatchAtOnce() {
        RecordingSink sink = run("batch", "1", "x", "3");
        assertThat(sink.ended(0)).isFalse();
        assertThat(sink.ended(1)).isTrue();

        Source.mono.tryEmitValue(5);
        assertThat(sink.outcomes()).containsExactly("5", "INVALID_INPUT", "5");
    }

    @Test
    void answersABatchOfAFuture() {
        RecordingSink sink = run("stages", "1", "2");

        Source.future.complete(true);
        assertThat(sink.outcomes()).containsExactly("true", "true");
    }

    @Test
    void errorsFailWithTheirCause() {
        RecordingSink scalar = run("future", "1");
        RecordingSink batch = run(replica, "stages", "1", "2");

        Source.future.completeExceptionally(new IOException("disk"));
        assertThat(scalar.only().message()).isEqualTo("Later.future(int) threw java.io.IOException: disk");
        assertThat(batch.outcomes()).containsExactly("FAILED", "FAILED");
        assertThat(batch.only().message()).contains("java.io.IOException: disk");
    }

    @Test
    void aFutureThatIsCancelledBySomebodyElseFails() {
        RecordingSink sink = run("future", "1");

        Source.future.cancel(true);
        assertThat(sink.only().message()).contains("CancellationException");
    }

    @Test
    void anEmptyMonoIsNullForOneQueryAndAFaultForABatch() {
        RecordingSink scalar = run("call", "1");
        RecordingSink batch = run(replica, "batch", "1", "2");

        Source.mono.tryEmitEmpty();
        assertThat(scalar.outcomes()).containsExactly("null");
        assertThat(batch.outcomes()).containsExactly("FAILED", "FAILED");
        assertThat(batch.only().message()).contains("returned null for 2 queries");
    }

    @Test
    void disposingCancelsTheMonoAndEndsTheQueriesOnce() {
        for (String method : List.of("call", "batch")) {
            freshSources();
            RecordingSink sink = run(method, "1", "2");
            replica.running().dispose();

            assertThat(sink.outcomes()).containsExactly("CANCELLED", "CANCELLED");
            assertThat(Source.mono.currentSubscriberCount()).isZero();
            Source.mono.tryEmitValue("too late");
            replica.running().dispose();
            assertThat(sink.outcomes()).containsExactly("CANCELLED", "CANCELLED");
            replica.close();
        }
    }

    @Test
    void disposingCancelsTheFutureAndEndsTheQueriesOnce() {
        RecordingSink sink = run("future", "1");
        replica.running().dispose();

        assertThat(sink.outcomes()).containsExactly("CANCELLED");
        assertThat(Source.future).isCancelled();
    }

    @Test
    void closingTheInstanceEndsWhatItOwes() {
        RecordingSink sink = run("call", "1", "2");
        replica.close();

        assertThat(sink.outcomes()).containsExactly("CANCELLED", "CANCELLED");
    }

    private RecordingSink run(String method, String... inputs) {
        return run(start(Later.class), method, inputs);
    }

    private static RecordingSink run(TestReplica on, String method, String... inputs) {
        return on.run(method, inputs);
    }

    @Actor("rogue")
    static class Rogue {
        Mono<String> nothing(int input) {
            return null;
        }

        CompletionStage<String> noStage(int input) {
            return null;
        }

        @BatchedInput
        Mono<List<String>> noBatch(int[] inputs) {
            return null;
        }

        Mono<String> fatal(int input) {
            return Mono.fromCallable(() -> {
                throw new NoClassDefFoundError("planted");
            });
        }

        @BatchedInput
        Mono<String[]> fatalBatch(int[] inputs) {
            return Mono.fromCallable(() -> {
                throw new OutOfMemoryError("planted");
            });
        }

        Mono<String> subscribeThrows(int input) {
            return new Mono<>() {
                @Override
                public void subscribe(CoreSubscriber<? super String> subscriber) {
                    throw new IllegalStateException("no subscribers, please");
                }
            };
        }

        Mono<String> twice(int input) {
            TestPublisher<String> rogue =
                    TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
            return new Mono<>() {
                @Override
                public void subscribe(CoreSubscriber<? super String> subscriber) {
                    rogue.subscribe(subscriber);
                    rogue.next("first").next("second").complete();
                    rogue.error(new IllegalStateException("and an error"));
                }
            };
        }

        @SuppressWarnings("unchecked")
        @BatchedInput
        Mono<List<String>> polluted(int[] inputs) {
            return (Mono<List<String>>) (Mono<?>) Mono.just("no list");
        }

        Mono<Result<String>> result(int input) {
            return Mono.just(Result.failed("by intention"));
        }

        Mono<Void> nothingToSay(int input) {
            return Mono.empty();
        }
    }

    @Test
    void whateverAnActorReturnsEndsEachQueryOnce() {
        start(Rogue.class);
        assertThat(ended("nothing")).contains("returned null where it promised a result for later");
        assertThat(ended("noStage")).contains("returned null");
        assertThat(ended("noBatch")).contains("returned null");
        assertThat(ended("fatal")).contains("NoClassDefFoundError: planted");
        assertThat(ended("fatalBatch")).contains("OutOfMemoryError: planted");
        assertThat(ended("subscribeThrows")).contains("no subscribers, please");
        assertThat(ended("twice")).isEqualTo("\"first\"");
        assertThat(ended("polluted")).contains("returned no list for 2 queries");
        assertThat(ended("result")).isEqualTo("by intention");
        assertThat(ended("nothingToSay")).isEqualTo("null");
    }

    private String ended(String method) {
        List<RecordingSink.Ended> ends =
                replica.run(method, new String[] {"1", "2"}).await();
        RecordingSink.Ended end = ends.get(1);
        return end.failure() == null ? end.body() : end.message();
    }

    @Actor(value = "elsewhere", idempotent = true)
    static class Elsewhere {
        Mono<String> call(int input) {
            return Mono.<String>fromCallable(() -> {
                        throw new StackOverflowError();
                    })
                    .subscribeOn(Schedulers.parallel());
        }

        @BatchedInput
        Mono<List<Integer>> batch(List<Integer> inputs) {
            return Mono.just(inputs).publishOn(Schedulers.boundedElastic()).map(all -> {
                if (all.contains(13)) {
                    throw new StackOverflowError();
                }
                return all;
            });
        }

        Flux<Integer> stream(int input) {
            return Flux.range(0, 5).publishOn(Schedulers.single(), 1).map(i -> {
                if (i == 3) {
                    throw new NoClassDefFoundError("planted");
                }
                return i;
            });
        }

        Mono<String> unrelated(int input) {
            Schedulers.parallel().schedule(() -> {
                throw new IllegalStateException("nobody's");
            });
            return Mono.just("fine").delayElement(Duration.ofNanos(1));
        }
    }

    @Test
    void errorsThatReactorDoesNotSignalEndTheirQueryFromAnyThread() {
        start(Elsewhere.class);

        assertThat(replica.run("1").only().message()).contains("StackOverflowError");
        assertThat(replica.run("batch", new String[] {"1", "13", "3"}).outcomes())
                .containsExactly("1", "FAILED", "3");
        RecordingSink stream = replica.run("stream", new String[] {"1"});
        assertThat(stream.only().message()).contains("NoClassDefFoundError: planted");
        assertThat(stream.items(0)).containsExactly("0", "1", "2");
        assertThat(replica.run("unrelated", new String[] {"1"}).outcomes()).containsExactly("\"fine\"");
    }

    @Test
    void retriesOfABatchRunOnTheReplicasOtherThread() {
        start(Threads.class);
        Threads.names.clear();

        RecordingSink sink = replica.run("1", "-1");
        Source.mono.tryEmitValue("go");

        assertThat(sink.outcomes()).containsExactly("1", "FAILED");
        assertThat(Threads.names)
                .containsExactly(
                        Thread.currentThread().getName(), "sluice-threads-continuation", "sluice-threads-continuation");
    }

    @Actor(value = "threads", idempotent = true)
    static class Threads {
        static final List<String> names = new CopyOnWriteArrayList<>();

        @BatchedInput
        Mono<int[]> call(int[] inputs) {
            names.add(Thread.currentThread().getName());
            return Source.mono.asMono().map(tick -> {
                if (Arrays.stream(inputs).anyMatch(i -> i < 0)) {
                    throw new IllegalArgumentException("negative");
                }
                return inputs;
            });
        }
    }

    @Actor("overlapping")
    static class Overlapping {
        Mono<Integer> call(int input) {
            return Mono.from((Publisher<Integer>) subscriber -> subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    if (input > 0) {
                        subscriber.onNext(input);
                    }
                }

                @Override
                public void cancel() {
                    throw new IllegalStateException("planted in cancel");
                }
            }));
        }
    }

    @Test
    void aCancelThatThrowsDoesNotKeepTheOtherQueriesOpen() {
        RecordingSink sink = start(Overlapping.class).run("0", "0", "0");
        replica.running().dispose();

        assertThat(sink.outcomes()).containsExactly("CANCELLED", "CANCELLED", "CANCELLED");
    }
}
