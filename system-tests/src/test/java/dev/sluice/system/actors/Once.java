package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.nio.file.Path;
import java.util.List;

/** What must not run twice: each run is written down. */
@Actor(value = "once", description = "batched, not idempotent: writes down each run, answers the input")
public class Once {

    private static final long PACE_MILLIS = 15;

    private final Runs runs;

    public Once(@Arg("dir") Path directory) {
        this.runs = new Runs(directory, "once");
    }

    @BatchedInput(maxBatchSize = 8)
    public List<String> call(List<String> ids) throws InterruptedException {
        runs.write(ids);
        Thread.sleep(PACE_MILLIS);
        return ids;
    }
}
