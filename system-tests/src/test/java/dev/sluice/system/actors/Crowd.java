package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.nio.file.Path;
import java.util.Arrays;

/** As {@link Gate}, in batches: what comes while one of them is held is to be the next. */
@Actor(
        value = "crowd",
        slo = "80s",
        scheduler = "fifo",
        description = "batched: waits until the gate is open, answers the batch size")
public class Crowd {

    private final GateFile gate;

    public Crowd(@Arg("dir") Path directory) {
        this.gate = new GateFile(directory);
    }

    @BatchedInput(maxBatchSize = 256)
    public int[] call(int[] inputs) throws InterruptedException {
        return sizes(inputs);
    }

    /** For a second test: behind what never ran its router stages nothing, since it cannot tell when that will end. */
    @BatchedInput(maxBatchSize = 256)
    public int[] callAgain(int[] inputs) throws InterruptedException {
        return sizes(inputs);
    }

    private int[] sizes(int[] inputs) throws InterruptedException {
        gate.pass();
        int[] sizes = new int[inputs.length];
        Arrays.fill(sizes, inputs.length);
        return sizes;
    }
}
