package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;

/** Waits long for a large batch, and answers its size. */
@Actor(
        value = "wide",
        scheduler = "fifo",
        description = "batched: waits up to 10 s for up to 256 queries, answers the batch size")
public class Wide {

    @BatchedInput(maxBatchSize = 256, maxWait = "10s")
    public int[] call(int[] inputs) {
        int[] sizes = new int[inputs.length];
        Arrays.fill(sizes, inputs.length);
        return sizes;
    }
}
