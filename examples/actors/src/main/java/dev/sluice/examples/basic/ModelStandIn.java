package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.WarmUp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Takes the time that a model would: α·b + β for a batch of b, without using a core meanwhile. For load tests, where the
 * machine is to be busy with serving and not with a model.
 */
@Actor(
        value = "model",
        idempotent = true,
        description = "batched: takes alpha (4ms) times the batch size + beta (20ms), answers the batch size")
public class ModelStandIn {

    private final long alphaNanos;
    private final long betaNanos;
    private final PreciseSleep sleep;

    public ModelStandIn(
            @Arg(value = "alpha", defaultValue = "4ms") Duration alpha,
            @Arg(value = "beta", defaultValue = "20ms") Duration beta) {
        this(alpha, beta, PreciseSleep.SYSTEM);
    }

    private ModelStandIn(Duration alpha, Duration beta, PreciseSleep sleep) {
        if (alpha.isNegative() || beta.isNegative()) {
            throw new IllegalArgumentException("alpha and beta are durations of 0 or more, such as 4ms");
        }
        this.alphaNanos = alpha.toNanos();
        this.betaNanos = beta.toNanos();
        this.sleep = sleep;
    }

    static ModelStandIn timedBy(PreciseSleep sleep, Duration alpha, Duration beta) {
        return new ModelStandIn(alpha, beta, sleep);
    }

    @WarmUp("0")
    @BatchedInput(maxBatchSize = 28)
    public int[] call(List<JsonNode> inputs) throws InterruptedException {
        sleep.sleep(alphaNanos * inputs.size() + betaNanos);
        int[] sizes = new int[inputs.size()];
        Arrays.fill(sizes, inputs.size());
        return sizes;
    }
}
