package dev.sluice.common.actor;

import dev.sluice.common.tensor.TensorSignature;
import java.util.Optional;

/**
 * One servable method of an actor, as hosts announce it and routers schedule it.
 *
 * @param name the published name; {@code call} is the default method
 * @param batched whether the method is called once per batch rather than once per query
 * @param maxBatchSize queries that one batch may hold, at least 1; 1 for a method that is not batched
 * @param maxWaitMicros how long {@code fifo} waits for a batch to fill, in microseconds; 0: a free replica takes what is
 *     there
 * @param streaming whether one query may have several results
 * @param inputType the parameter's type as a person would write it, for instance {@code long} or {@code JsonNode}
 * @param outputType likewise for one result; of a streaming method a media type where its results are pieces of one body
 * @param tensors the method as a model of the Open Inference Protocol; empty where it cannot be one, and from hosts that are older than that
 */
public record MethodDescriptor(
        String name,
        boolean batched,
        int maxBatchSize,
        long maxWaitMicros,
        boolean streaming,
        String inputType,
        String outputType,
        Optional<TensorSignature> tensors) {

    public static final String DEFAULT_NAME = "call";

    /** A method that is not called with tensors. */
    public MethodDescriptor(
            String name,
            boolean batched,
            int maxBatchSize,
            long maxWaitMicros,
            boolean streaming,
            String inputType,
            String outputType) {
        this(name, batched, maxBatchSize, maxWaitMicros, streaming, inputType, outputType, Optional.empty());
    }

    /** Whether the results of one query, one behind the other, are one body of the media type {@link #outputType}. */
    public boolean streamsOneBody() {
        return streaming && outputType.indexOf('/') > 0;
    }
}
