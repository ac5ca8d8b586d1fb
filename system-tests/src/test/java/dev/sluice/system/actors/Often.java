package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.List;

/** What may run again when its host was lost. */
@Actor(value = "often", idempotent = true, description = "batched, idempotent: answers the input")
public class Often {

    private static final long PACE_MILLIS = 15;

    @BatchedInput(maxBatchSize = 8)
    public List<String> call(List<String> ids) throws InterruptedException {
        Thread.sleep(PACE_MILLIS);
        return ids;
    }
}
