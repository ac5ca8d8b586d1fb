package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class BisectionTest {

    private TestReplica replica;

    @AfterEach
    void nothingIsLeaked() {
        Thread.interrupted();
        replica.close();
    }

    /** Adds 1 in place, input by input, and throws at the first negative one: what it did until then must not show. */
    @Actor(value = "in-place", idempotent = true)
    static class InPlace {
        private int calls;

        @BatchedInput
        long[] call(long[] inputs) {
            calls++;
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i] < 0) {
                    throw new IllegalArgumentException("negative: " + inputs[i]);
                }
                inputs[i]++;
            }
            return inputs;
        }

        @BatchedInput
        Mono<long[]> later(long[] inputs) {
            return Mono.delay(Duration.ofNanos(1)).map(tick -> call(inputs));
        }

        @BatchedInput
        List<Long> objects(List<long[]> inputs) {
            inputs.forEach(this::call);
            return inputs.stream().map(input -> input[0]).toList();
        }

        int calls(boolean ignored) {
            return calls;
        }
    }

    @Test
    void onlyThePoisonousQueryFails() {
        replica = new TestReplica(InPlace.class);
        RecordingSink sink = replica.run("1", "2", "3", "-4", "5", "6", "7", "8");

        assertThat(sink.outcomes()).containsExactly("2", "3", "4", "FAILED", "6", "7", "8", "9");
        assertThat(sink.await().get(3).message())
                .isEqualTo("InPlace.call(long[]) threw java.lang.IllegalArgumentException: negative: -4");
        assertThat(calls()).isEqualTo(7); // 8, 4 (left), 2, 2 (right of left), 1, 1, 4
    }

    @Test
    void mutableInputsAreDecodedAgain() {
        replica = new TestReplica(InPlace.class);

        assertThat(replica.run("objects", new String[] {"[1]", "[2]", "[-3]", "[4]"})
                        .outcomes())
                .containsExactly("2", "3", "FAILED", "5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverIsPoisonousEveryOtherQueryIsAnsweredWithinFewCalls(long seed) {
        Random random = new Random(seed);
        for (String method : List.of("call", "later")) {
            int size = 1 + random.nextInt(200);
            Set<Integer> poison = new HashSet<>();
            IntStream.range(0, random.nextInt(6)).forEach(i -> poison.add(random.nextInt(size)));
            if (replica != null) {
                replica.close();
            }
            replica = new TestReplica(InPlace.class);
            String[] inputs = IntStream.range(0, size)
                    .mapToObj(i -> String.valueOf(poison.contains(i) ? -i - 1 : i))
                    .toArray(String[]::new);

            List<String> expected = IntStream.range(0, size)
                    .mapToObj(i -> poison.contains(i) ? "FAILED" : String.valueOf(i + 1))
                    .toList();
            assertThat(replica.run(method, inputs).outcomes()).isEqualTo(expected);
            int levels = 32 - Integer.numberOfLeadingZeros(size);
            assertThat(calls()).isLessThanOrEqualTo(1 + 2 * poison.size() * levels);
        }
    }

    @Actor(value = "broken", idempotent = true)
    static class Broken {
        private int calls;

        @BatchedInput
        long[] memory(long[] inputs) {
            calls++;
            throw new OutOfMemoryError("planted");
        }

        @BatchedInput
        long[] link(long[] inputs) {
            calls++;
            throw new NoClassDefFoundError("planted");
        }

        @BatchedInput
        long[] count(long[] inputs) {
            calls++;
            return new long[0];
        }

        @BatchedInput
        long[] interrupt(long[] inputs) throws InterruptedException {
            calls++;
            throw new InterruptedException();
        }

        @BatchedInput
        long[] stack(long[] inputs) {
            calls++;
            if (Arrays.stream(inputs).anyMatch(input -> input < 0)) {
                throw new StackOverflowError();
            }
            return inputs;
        }

        int calls(boolean ignored) {
            return calls;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "link", "count", "interrupt"})
    void whatNoSingleQueryIsToBlameForIsNotTriedAgain(String method) {
        replica = new TestReplica(Broken.class);

        assertThat(replica.run(method, new String[] {"1", "2", "3", "4"}).outcomes())
                .containsOnly(method.equals("interrupt") ? "CANCELLED" : "FAILED");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aStackOverflowIsOneQuerysFault() {
        replica = new TestReplica(Broken.class);

        assertThat(replica.run("stack", new String[] {"1", "-2", "3"}).outcomes())
                .containsExactly("1", "FAILED", "3");
    }

    @Actor(value = "slow", idempotent = true)
    static class Slow {
        @BatchedInput
        long[] call(long[] inputs) {
            if (inputs.length < 4) {
                Thread.currentThread().interrupt(); // the host does so once nobody waits
            }
            throw new IllegalStateException("always");
        }
    }

    @Test
    void anInterruptEndsTheSearch() {
        replica = new TestReplica(Slow.class);

        assertThat(replica.run("1", "2", "3", "4").outcomes()).containsOnly("CANCELLED");
        assertThat(Thread.interrupted()).isTrue();
    }

    private int calls() {
        return Integer.parseInt(
                replica.run("calls", new String[] {"true"}).outcomes().get(0));
    }
}
