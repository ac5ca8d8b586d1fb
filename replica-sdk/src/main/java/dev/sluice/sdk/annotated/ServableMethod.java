package dev.sluice.sdk.annotated;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.codec.InputReader;
import dev.sluice.sdk.tensor.MethodTensors;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A method as it is served.
 *
 * @param descriptor what the tiers know of it
 * @param handle takes the actor and the argument, all as {@code Object}
 * @param signature how messages name it
 * @param reader of the input of one query
 * @param column what a batch of inputs is handed over in; null for a method that is not batched
 * @param delivery how results come back
 * @param encoder of the result of one query
 * @param tensors the method as a model
 * @param example to run it with before it serves; null where there is none
 */
record ServableMethod(
        MethodDescriptor descriptor,
        MethodHandle handle,
        String signature,
        InputReader reader,
        @Nullable Column column,
        Delivery delivery,
        ResultEncoder encoder,
        MethodTensors tensors,
        @Nullable Example example) {

    String name() {
        return descriptor.name();
    }
}
