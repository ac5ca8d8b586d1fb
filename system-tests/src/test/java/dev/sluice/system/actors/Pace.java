package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Works at the pace that a file names for its host, so that a replica gets slow, quick or broken while it serves. */
@Actor(
        value = "pace",
        idempotent = true,
        description = "per batch: sleeps as long as it was told to; answers the size of the batch")
public class Pace {

    private final Path pace;

    public Pace(@Arg("dir") Path directory, @Arg(value = "host", defaultValue = "0") String host) {
        this.pace = directory.resolve("pace-" + host);
    }

    /** For each query, how many were in its batch. */
    @BatchedInput(maxBatchSize = 8)
    public int[] call(int[] inputs) throws IOException, InterruptedException {
        String told = Files.readString(pace);
        if (told.equals("broken")) {
            throw new IllegalStateException("broken on purpose, at once");
        }
        Thread.sleep(Long.parseLong(told));
        int[] sizes = new int[inputs.length];
        Arrays.fill(sizes, inputs.length);
        return sizes;
    }
}
