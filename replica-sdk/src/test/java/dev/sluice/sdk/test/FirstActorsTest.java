package dev.sluice.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The acceptance cases of the 2019 module that need no tier, and its faults that belong here. */
class FirstActorsTest {

    @Actor("vadder")
    static class VectorAdder {
        private final long increment;

        VectorAdder(@Arg("increment") long increment) {
            this.increment = increment;
        }

        @BatchedInput(maxBatchSize = 64) // called once with a micro-batch
        long[] call(long[] inputs) {
            long[] sums = new long[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                sums[i] = inputs[i] + increment;
            }
            return sums;
        }
    }

    @Actor("counter")
    static class Counter {
        private int count;

        int call(JsonNode ignored) { // called once per query
            return ++count;
        }

        @BatchedInput
        int[] count(List<JsonNode> inputs) {
            return IntStream.range(0, inputs.size()).map(i -> 1).toArray();
        }
    }

    @Actor("adder")
    static class ScalarAdder {
        long call(long input) {
            return input + 2;
        }
    }

    @Test
    void theVectorisedAdderAddsThreeToEachOfTenInputs() {
        try (ActorKit vadder =
                ActorKit.of(VectorAdder.class).arg("increment", 3).start()) {
            assertThat(vadder.callAll(IntStream.range(0, 10).boxed().toList()))
                    .extracting(JsonNode::asInt)
                    .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        }
    }

    @Test
    void theCounterCountsToTenInOrder() {
        try (ActorKit counter = ActorKit.of(Counter.class).start()) {
            List<Integer> counted = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                counted.add(counter.call("anything").asInt());
            }
            assertThat(counted).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void anotherMethodAnswersABatchWithTenOnes() {
        try (ActorKit counter = ActorKit.of(Counter.class).start()) {
            assertThat(counter.callAll("count", Collections.nCopies(10, 0)))
                    .extracting(JsonNode::asInt)
                    .containsOnly(1)
                    .hasSize(10);
        }
    }

    @Test
    void aStringIntoTheScalarAdderFailsWithTheCauseAndItsNeighboursDoNot() {
        try (ActorKit adder = ActorKit.of(ScalarAdder.class).start()) {
            List<Reply> replies = adder.replies("call", List.of(40, "a string", 1));

            assertThat(replies.get(0).as(int.class)).isEqualTo(42);
            assertThat(replies.get(1).failure()).hasValueSatisfying(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
                assertThat(failure.message()).contains("long").contains("a string");
            });
            assertThat(replies.get(2).as(int.class)).isEqualTo(3);
        }
    }

    @Test
    void theAdderAddsOneBatchedAndTwoByScalar() {
        try (ActorKit vadder =
                        ActorKit.of(VectorAdder.class).arg("increment", 1).start();
                ActorKit adder = ActorKit.of(ScalarAdder.class).start()) {
            assertThat(vadder.call(42).asInt()).isEqualTo(43);
            assertThat(adder.call(42).asInt()).isEqualTo(44);
        }
    }
}
