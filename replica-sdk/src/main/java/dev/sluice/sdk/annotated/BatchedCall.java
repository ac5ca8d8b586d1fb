package dev.sluice.sdk.annotated;

import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.tensor.TensorModel;
import java.lang.invoke.MethodHandle;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Calls a method once with a whole batch.
 *
 * @param handle takes the argument
 * @param bisecting whether a batch that made the method throw is tried again in halves, as only idempotent actors allow
 * @param maxBatchSize of the actor as it is served
 * @param model as what it answers those who ask with tensors
 */
record BatchedCall(
        ServableMethod method,
        Column column,
        MethodHandle handle,
        Continuation continuation,
        boolean bisecting,
        int maxBatchSize,
        TensorModel model)
        implements MethodCall {

    @Override
    public Disposable run(List<Input> inputs, OpenQueries open) {
        BatchedRun run = new BatchedRun(this, inputs, Rows.of(this, inputs, open));
        run.start();
        return method.delivery() == Delivery.NOW ? Disposables.disposed() : run;
    }
}
