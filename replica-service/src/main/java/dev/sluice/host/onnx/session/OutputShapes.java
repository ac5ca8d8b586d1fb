package dev.sluice.host.onnx.session;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Shapes;
import dev.sluice.common.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which shapes a model's outputs have after inputs of which shapes, as learnt from its runs. Where they are known, outputs are computed
 * into memory that is ready for them. Thread-safe.
 */
final class OutputShapes {

    /** Of more than this many kinds of inputs nothing is learnt any more. */
    private static final int MOST = 1_000;

    private final Map<String, List<long[]>> known = new ConcurrentHashMap<>();
    private volatile boolean givenUp;

    /** Null where it is not known. */
    @Nullable List<long[]> after(List<Tensor> inputs) {
        return givenUp ? null : known.get(key(inputs));
    }

    void learn(List<Tensor> inputs, List<Tensor> outputs) {
        if (!givenUp && known.size() < MOST && outputs.stream().allMatch(OutputShapes::canBePlaced)) {
            known.put(key(inputs), outputs.stream().map(Tensor::shape).toList());
        }
    }

    /** The same shapes have given others: they are never known before. */
    void giveUp() {
        givenUp = true;
        known.clear();
    }

    private static boolean canBePlaced(Tensor output) {
        return output.type() != DataType.BYTES
                && !ElementTypes.unsigned(output.type())
                && output.elements() > 0
                && output.elements() * output.type().size() <= Integer.MAX_VALUE;
    }

    static int bytes(DataType type, long[] shape) {
        return Math.toIntExact(Shapes.elements(shape) * type.size());
    }

    private static String key(List<Tensor> inputs) {
        StringBuilder key = new StringBuilder();
        for (Tensor input : inputs) {
            for (long size : input.shape()) {
                key.append(size).append(',');
            }
            key.append(';');
        }
        return key.toString();
    }
}
