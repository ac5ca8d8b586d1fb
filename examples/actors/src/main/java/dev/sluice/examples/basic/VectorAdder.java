package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;

/** Adds a fixed increment to every input of a micro-batch. */
@Actor(value = "vadder", idempotent = true, description = "batched: each input + increment (1)")
public class VectorAdder {

    private final long increment;

    public VectorAdder(@Arg(value = "increment", defaultValue = "1") long increment) {
        this.increment = increment;
    }

    @BatchedInput(maxBatchSize = 64)
    public long[] call(long[] inputs) {
        return Arrays.stream(inputs)
                .map(input -> Math.addExact(input, increment))
                .toArray();
    }
}
