package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;

/** Waits for a large batch, far longer than that can take to come, and answers its size. */
@Actor(
        value = "wide",
        slo = "80s",
        scheduler = "fifo",
        description = "batched: waits up to a minute for 140 queries, answers the batch size")
public class Wide {

    @BatchedInput(maxBatchSize = 140, maxWait = "60s")
    public int[] call(int[] inputs) {
        int[] sizes = new int[inputs.length];
        Arrays.fill(sizes, inputs.length);
        return sizes;
    }
}
