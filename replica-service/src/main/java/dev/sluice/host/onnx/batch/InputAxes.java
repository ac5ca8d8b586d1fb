package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.session.Signature;
import dev.sluice.host.onnx.settings.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The dimension of each input along which queries may lie: as the config says, as dimensions are named, or one left open. */
final class InputAxes {

    private static final Set<String> NO_NAMES = Set.of("", "?");

    private InputAxes() {}

    /**
     * @param axes of the inputs; {@link Axes#SHARED} of all where there are none
     * @param why there are none; empty where there are
     */
    @SuppressWarnings("ArrayRecordComponent") // passes through once
    record Found(int[] axes, String why) {}

    static Found of(Signature signature, ModelConfig config) {
        int[] axes = new int[signature.inputs().size()];
        Optional<String> name = batchName(signature);
        for (int i = 0; i < axes.length; i++) {
            axes[i] = axis(signature, config, i, name);
        }
        String why = "";
        if (config.batching().filter(wanted -> !wanted).isPresent()) {
            why = "its config says so";
        } else if (signature.inputs().isEmpty()) {
            why = "it has no input";
        } else if (IntStream.of(axes).allMatch(axis -> axis == Axes.SHARED)) {
            why = "none of its inputs leaves open how many rows it has";
        }
        return new Found(axes, why);
    }

    /** Of the first input that leaves its first dimension open. */
    private static Optional<String> batchName(Signature signature) {
        for (int i = 0; i < signature.inputs().size(); i++) {
            long[] shape = signature.inputs().get(i).shape();
            if (shape.length > 0 && shape[0] < 0) {
                return Optional.of(signature.dimensions().get(i).get(0)).filter(name -> !NO_NAMES.contains(name));
            }
        }
        return Optional.empty();
    }

    private static int axis(Signature signature, ModelConfig config, int input, Optional<String> name) {
        TensorSpec spec = signature.inputs().get(input);
        Optional<Integer> said = config.input(spec.name()).batchDimension();
        if (said.isPresent()) {
            return said.get() < spec.shape().length && spec.shape()[said.get()] < 0 ? said.get() : Axes.SHARED;
        }
        List<String> names = signature.dimensions().get(input);
        int named = name.map(names::indexOf).orElse(Axes.SHARED);
        if (named >= 0 && spec.shape()[named] < 0) {
            return named;
        }
        for (int d = 0; d < spec.shape().length; d++) {
            if (spec.shape()[d] < 0) {
                return d;
            }
        }
        return Axes.SHARED;
    }
}
