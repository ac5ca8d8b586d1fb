package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Does nothing, so that what is measured is everything around it. */
@Actor(value = "noop", idempotent = true, description = "batched: answers null")
public class Noop {

    @BatchedInput(maxBatchSize = 256)
    public List<@Nullable JsonNode> call(List<JsonNode> inputs) {
        return Collections.nCopies(inputs.size(), null);
    }
}
