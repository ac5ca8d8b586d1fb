package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Actors that misbehave at random, on whatever thread, while their host gives up at random: each query ends once. */
class ChaosTest {

    @Actor(value = "chaos", idempotent = true)
    static class Chaos {

        @BatchedInput
        long[] call(long[] inputs) {
            misbehave(inputs[inputs.length - 1]);
            return Arrays.copyOf(inputs, inputs.length + (inputs[0] % 11 == 0 ? 1 : 0));
        }

        @BatchedInput
        Mono<List<Result<Long>>> batchedMono(List<Long> inputs) {
            return Mono.fromCallable(() -> {
                        misbehave(inputs.get(0));
                        List<Result<Long>> results = new ArrayList<>();
                        inputs.forEach(i -> results.add(i % 7 == 0 ? Result.failed("7") : Result.ok(i)));
                        return results;
                    })
                    .subscribeOn(Schedulers.parallel());
        }

        Mono<Long> mono(long input) {
            misbehave(input + 1);
            return Mono.fromCallable(() -> misbehave(input)).subscribeOn(Schedulers.parallel());
        }

        CompletableFuture<Long> future(long input) {
            return input % 3 == 0
                    ? CompletableFuture.completedFuture(misbehave(input))
                    : CompletableFuture.supplyAsync(() -> misbehave(input));
        }

        Flux<Long> flux(long input) {
            Flux<Long> flux = Flux.range(0, (int) (input % 20)).map(i -> misbehave(input + i));
            return input % 2 == 0 ? flux : flux.publishOn(Schedulers.parallel());
        }

        private static Long misbehave(long input) {
            if (input % 13 == 1) {
                throw new IllegalStateException("13");
            }
            if (input % 17 == 2) {
                throw new StackOverflowError();
            }
            return input;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyQueryEndsOnceAndNothingLeaks(long seed) throws Exception {
        Random random = new Random(seed);
        String[] methods = {"call", "batchedMono", "mono", "future", "flux"};
        ExecutorService host = Executors.newSingleThreadExecutor();
        try (TestReplica replica = new TestReplica(Chaos.class)) {
            for (int batch = 0; batch < 200; batch++) {
                String[] inputs = new String[1 + random.nextInt(20)];
                Arrays.setAll(inputs, i -> random.nextInt(15) == 0 ? "\"bad\"" : String.valueOf(random.nextInt(1000)));
                RecordingSink sink = new RecordingSink(inputs.length);
                replica.run(methods[random.nextInt(methods.length)], sink, inputs);
                Future<?> givingUp = random.nextBoolean()
                        ? host.submit(() -> replica.running().dispose())
                        : CompletableFuture.completedFuture(null);
                assertThat(sink.await()).doesNotContainNull();
                givingUp.get();
                sink.assertNoFaults();
            }
        } finally {
            host.shutdownNow();
        }
    }
}
