package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
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
    private final LongSupplier nanoTime;
    private final LongConsumer park;

    public ModelStandIn(
            @Arg(value = "alpha", defaultValue = "4ms") Duration alpha,
            @Arg(value = "beta", defaultValue = "20ms") Duration beta) {
        this(alpha, beta, System::nanoTime, LockSupport::parkNanos);
    }

    ModelStandIn(Duration alpha, Duration beta, LongSupplier nanoTime, LongConsumer park) {
        if (alpha.isNegative() || beta.isNegative()) {
            throw new IllegalArgumentException("alpha and beta are durations of 0 or more, such as 4ms");
        }
        this.alphaNanos = alpha.toNanos();
        this.betaNanos = beta.toNanos();
        this.nanoTime = nanoTime;
        this.park = park;
    }

    @BatchedInput(maxBatchSize = 28)
    public int[] call(List<JsonNode> inputs) throws InterruptedException {
        await(alphaNanos * inputs.size() + betaNanos);
        int[] sizes = new int[inputs.size()];
        Arrays.fill(sizes, inputs.size());
        return sizes;
    }

    /** Thread.sleep would round to milliseconds; parking may also end early for no reason, hence the loop. */
    private void await(long nanos) throws InterruptedException {
        long start = nanoTime.getAsLong();
        for (long left = nanos; left > 0; left = nanos - (nanoTime.getAsLong() - start)) {
            park.accept(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("the batch was given up");
            }
        }
    }
}
