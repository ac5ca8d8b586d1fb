package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Takes the same time for a batch of any size, and answers its size: it makes visible what was batched with what. */
@Actor(value = "sleeper", description = "batched: sleeps for duration (1s) per batch, answers the batch size")
public class Sleeper {

    private final Duration duration;

    public Sleeper(@Arg(value = "duration", defaultValue = "1s") Duration duration) {
        this.duration = duration;
    }

    @BatchedInput(maxBatchSize = 256)
    public int[] call(List<JsonNode> inputs) throws InterruptedException {
        Thread.sleep(duration.toMillis());
        int[] sizes = new int[inputs.size()];
        Arrays.fill(sizes, inputs.size());
        return sizes;
    }
}
