package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchedMethodTest {

    private TestReplica replica;

    @AfterEach
    void nothingIsLeaked() {
        replica.close();
    }

    private TestReplica start(Class<?> actor) {
        replica = new TestReplica(actor);
        return replica;
    }

    @Actor("vadder")
    static class VectorAdder {
        private final long increment;
        private int calls;

        VectorAdder(@Arg("increment") long increment) {
            this.increment = increment;
        }

        @BatchedInput(maxBatchSize = 64)
        long[] call(long[] inputs) {
            calls++;
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] += increment;
            }
            return inputs;
        }

        int calls(boolean ignored) {
            return calls;
        }
    }

    @Test
    void callsOnceWithTheWholeBatch() {
        replica = new TestReplica(VectorAdder.class, Map.of("increment", "3"));
        String[] inputs = IntStream.range(0, 10).mapToObj(String::valueOf).toArray(String[]::new);

        assertThat(replica.run(inputs).outcomes()).containsExactly("3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        assertThat(replica.run("calls", new String[] {"true"}).outcomes()).containsExactly("1");
    }

    @Test
    void aBadInputFailsAloneAndTheRestGoesInOneCall() {
        replica = new TestReplica(VectorAdder.class, Map.of("increment", "1"));

        assertThat(replica.run("1", "\"two\"", "3", "4.5", "5").outcomes())
                .containsExactly("2", "INVALID_INPUT", "4", "INVALID_INPUT", "6");
        assertThat(replica.run("calls", new String[] {"true"}).outcomes()).containsExactly("1");
    }

    @Test
    void aBatchOfNothingButBadInputsCallsNobody() {
        replica = new TestReplica(VectorAdder.class, Map.of("increment", "1"));

        assertThat(replica.run("{}", "[]").outcomes()).containsOnly("INVALID_INPUT");
        assertThat(replica.run("calls", new String[] {"true"}).outcomes()).containsExactly("0");
    }

    @Actor("shapes")
    static class Shapes {
        record Point(int x, int y) {}

        @BatchedInput
        List<Integer> list(List<Point> points) {
            points.add(new Point(0, 0)); // the list is the method's own
            return points.stream()
                    .limit(points.size() - 1L)
                    .map(p -> p.x() + p.y())
                    .toList();
        }

        @BatchedInput
        Point[] array(Point[] points) {
            return Arrays.stream(points).map(p -> new Point(p.y(), p.x())).toArray(Point[]::new);
        }

        @BatchedInput
        double[] matrix(double[][] rows) {
            return Arrays.stream(rows)
                    .mapToDouble(row -> Arrays.stream(row).sum())
                    .toArray();
        }

        @BatchedInput
        float[][] floats(float[][] rows) {
            return rows;
        }

        @BatchedInput
        boolean[] not(boolean[] truths) {
            for (int i = 0; i < truths.length; i++) {
                truths[i] = !truths[i];
            }
            return truths;
        }

        @BatchedInput
        int[] ints(int[] inputs) {
            return inputs;
        }

        @BatchedInput
        short[] shorts(short[] inputs) {
            return inputs;
        }

        @BatchedInput
        float[] halves(float[] inputs) {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] /= 2;
            }
            return inputs;
        }

        @BatchedInput
        LinkedList<Long> boxes(List<Long> inputs) {
            return new LinkedList<>(inputs);
        }

        @BatchedInput
        byte[][] bytes(byte[][] bodies) {
            return bodies;
        }

        @BatchedInput
        List<Content> contents(Content[] bodies) {
            return List.of(bodies);
        }

        @BatchedInput
        Void[] noop(Object[] inputs) {
            return new Void[inputs.length];
        }
    }

    @Test
    void takesAndReturnsListsAndArraysOfManyTypes() {
        start(Shapes.class);
        assertThat(call("list", "{\"x\":1,\"y\":2}", "{\"x\":3,\"y\":4}")).containsExactly("3", "7");
        assertThat(call("array", "{\"x\":1,\"y\":2}")).containsExactly("{\"x\":2,\"y\":1}");
        assertThat(call("matrix", "[1,2.5]", "[]", "[1e400]")).containsExactly("3.5", "0.0", "INVALID_INPUT");
        assertThat(call("floats", "[0.5,1]", "[1e39]")).containsExactly("[0.5,1.0]", "INVALID_INPUT");
        assertThat(call("not", "true", "false", "1")).containsExactly("false", "true", "INVALID_INPUT");
        assertThat(call("ints", "2147483647", "2147483648")).containsExactly("2147483647", "INVALID_INPUT");
        assertThat(call("shorts", "-32768", "40000")).containsExactly("-32768", "INVALID_INPUT");
        assertThat(call("halves", "5", "0.5", "null")).containsExactly("2.5", "0.25", "INVALID_INPUT");
        assertThat(call("boxes", "1", "null", "9223372036854775807"))
                .containsExactly("1", "null", "9223372036854775807");
        assertThat(call("bytes", "\"aGk=\"", "\"?\"")).containsExactly("hi", "INVALID_INPUT");
        assertThat(call("contents", "{ }", "nonsense")).containsExactly("{ }", "nonsense");
        assertThat(call("noop", "1", "{}")).containsExactly("null", "null");
    }

    private List<String> call(String method, String... inputs) {
        return replica.run(method, inputs).outcomes();
    }

    @Actor("wrong-count")
    static class WrongCount {
        @BatchedInput
        int[] few(int[] inputs) {
            return Arrays.copyOf(inputs, 3);
        }

        @BatchedInput
        List<Integer> many(int[] inputs) {
            return IntStream.range(0, inputs.length + 1).boxed().toList();
        }

        @BatchedInput
        List<Integer> none(int[] inputs) {
            return inputs.length == 0 ? List.of() : null;
        }

        @BatchedInput
        List<Integer> trap(int[] inputs) {
            return new AbstractList<>() {
                @Override
                public Integer get(int index) {
                    throw new IllegalStateException("trap");
                }

                @Override
                public int size() {
                    return inputs.length;
                }
            };
        }
    }

    @Test
    void aWrongNumberOfResultsFailsEveryQueryWithASentence() {
        start(WrongCount.class);
        String[] five = {"1", "2", "3", "4", "5"};

        assertThat(replica.run("few", five).await())
                .allSatisfy(end -> assertThat(end.code()).isEqualTo(ErrorCode.FAILED))
                .allSatisfy(end ->
                        assertThat(end.message()).isEqualTo("WrongCount.few(int[]) returned 3 results for 5 queries."));
        assertThat(replica.run("many", five).await())
                .allSatisfy(end -> assertThat(end.message()).contains("returned 6 results for 5 queries"));
        assertThat(replica.run("none", five).await())
                .allSatisfy(end -> assertThat(end.message()).contains("returned null for 5 queries"));
        assertThat(replica.run("none", new String[] {"1"}).only().message()).contains("for 1 query.");
        assertThat(replica.run("trap", five).await())
                .allSatisfy(end -> assertThat(end.message()).contains("IllegalStateException: trap"));
    }

    @Actor("thrower")
    static class Thrower {
        private int calls;

        @BatchedInput
        long[] call(long[] inputs) {
            calls++;
            throw new IllegalArgumentException("batch of " + inputs.length);
        }

        int calls(boolean ignored) {
            return calls;
        }
    }

    @Test
    void aMethodThatThrowsFailsEveryQueryOnceWhereItMayNotBeRunAgain() {
        RecordingSink sink = start(Thrower.class).run("1", "2", "3");

        assertThat(sink.await())
                .hasSize(3)
                .allSatisfy(end -> assertThat(end.message())
                        .isEqualTo("Thrower.call(long[]) threw java.lang.IllegalArgumentException: batch of 3"));
        assertThat(call("calls", "true")).containsExactly("1");
    }

    @Actor("some")
    static class Some {
        @BatchedInput
        List<Result<String>> call(List<String> inputs) {
            List<Result<String>> results = new ArrayList<>();
            for (String input : inputs) {
                results.add(input.isEmpty() ? Result.failed("empty") : Result.ok(input));
            }
            if (inputs.size() == 3) {
                results.set(2, null);
            }
            return results;
        }
    }

    @Test
    void resultsFailSomeOfABatch() {
        RecordingSink sink = start(Some.class).run("\"a\"", "\"\"", "\"c\"");

        assertThat(sink.outcomes()).containsExactly("\"a\"", "FAILED", "FAILED");
        assertThat(sink.await().get(1).message()).isEqualTo("empty");
        assertThat(sink.await().get(2).message()).contains("null where a Result was promised");
    }

    @Actor("mixed")
    static class Mixed {
        @BatchedInput
        Object[] call(int[] inputs) {
            return Arrays.stream(inputs)
                    .mapToObj(i -> i % 2 == 0 ? i : new Fault())
                    .toArray();
        }
    }

    /** A bean whose getter throws. */
    public static class Fault {
        public String getText() {
            throw new StackOverflowError();
        }
    }

    @Test
    void aResultThatCannotBeEncodedFailsAlone() {
        assertThat(start(Mixed.class).run("0", "1", "2", "3").outcomes()).containsExactly("0", "FAILED", "2", "FAILED");
    }
}
