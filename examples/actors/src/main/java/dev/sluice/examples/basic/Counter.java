package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Counts its queries. It keeps state, so running a query twice would show: it does not claim to be idempotent, and a
 * query that may have run is never sent again.
 */
@Actor(value = "counter", description = "per query: 1, 2, 3, ...; count, batched: a 1 for each")
public class Counter {

    private long count;

    public long call(JsonNode ignored) {
        return ++count;
    }

    @BatchedInput
    public long[] count(List<JsonNode> inputs) {
        long[] ones = new long[inputs.size()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
