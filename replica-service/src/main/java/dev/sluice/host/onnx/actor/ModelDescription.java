package dev.sluice.host.onnx.actor;

import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.batch.Axes;
import dev.sluice.host.onnx.batch.Batching;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the tiers are told of a model.
 *
 * @param text one line for people
 * @param inputs as people write them
 * @param outputs likewise
 * @param tensors both
 * @param batched whether queries are computed together
 * @param maxBatchSize how many at most
 * @param maxWaitMicros how long {@code fifo} waits for a batch to fill
 */
public record ModelDescription(
        String text,
        String inputs,
        String outputs,
        TensorSignature tensors,
        boolean batched,
        int maxBatchSize,
        long maxWaitMicros) {

    static ModelDescription of(LoadedModel model) {
        Batching batching = model.batching();
        String inputs = text(model.inputs());
        String outputs = text(model.session().signature().outputs());
        Optional<String> said = model.config().description();
        String batches = batching.axes().map(axes -> batches(model, axes)).orElse("");
        return new ModelDescription(
                said.map(line -> line + "; ").orElse("")
                        + (batching.axes().isPresent() ? batches : "runs query by query: " + batching.why()),
                inputs,
                outputs,
                new TensorSignature(model.inputs(), model.session().signature().outputs()),
                batching.axes().isPresent(),
                batching.mostRows(),
                batching.axes().isPresent() ? model.config().maxWaitMicros().orElse(0L) : 0);
    }

    private static String batches(LoadedModel model, Axes axes) {
        StringBuilder text = new StringBuilder("batches along ");
        for (int i = 0; i < axes.inputs().length; i++) {
            text.append(i > 0 ? ", " : "").append(model.inputs().get(i).name());
            text.append(axes.inputs()[i] == Axes.SHARED ? " shared" : " dimension " + axes.inputs()[i]);
        }
        return text.toString();
    }

    private static String text(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "));
    }
}
