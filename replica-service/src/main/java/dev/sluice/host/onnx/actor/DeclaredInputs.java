package dev.sluice.host.onnx.actor;

import dev.sluice.common.tensor.Shapes;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.session.Signature;
import dev.sluice.host.onnx.settings.ModelConfig;
import dev.sluice.host.onnx.settings.TensorConfig;
import dev.sluice.sdk.actor.InvalidActorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a model takes: what it says itself, narrowed by its config, which must not contradict it. */
final class DeclaredInputs {

    private DeclaredInputs() {}

    static List<TensorSpec> of(Signature signature, ModelConfig config) {
        refuseUnknown("input", signature.inputs(), config.inputs());
        refuseUnknown("output", signature.outputs(), config.outputs());
        signature.outputs().forEach(output -> narrowed(output, config.output(output.name())));
        List<TensorSpec> inputs = new ArrayList<>();
        for (TensorSpec input : signature.inputs()) {
            inputs.add(narrowed(input, config.input(input.name())));
        }
        return List.copyOf(inputs);
    }

    private static void refuseUnknown(String what, List<TensorSpec> specs, Map<String, TensorConfig> said) {
        List<String> names = specs.stream().map(TensorSpec::name).toList();
        said.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidActorException(
                    "The model's config names an " + what + " '" + name + "', and the model has " + names + ".");
        });
    }

    private static TensorSpec narrowed(TensorSpec spec, TensorConfig said) {
        said.type().filter(type -> type != spec.type()).ifPresent(type -> {
            throw contradiction(spec, type.name());
        });
        said.batchDimension()
                .filter(dimension -> spec.shape().length > 0 && dimension >= spec.shape().length)
                .ifPresent(dimension -> {
                    throw contradiction(spec, "batch-dimension " + dimension);
                });
        said.pad().filter(pad -> pad.dimension() >= spec.shape().length).ifPresent(pad -> {
            throw contradiction(spec, "pad along dimension " + pad.dimension());
        });
        said.sampleShape().filter(shape -> !isOf(shape, spec)).ifPresent(shape -> {
            throw contradiction(spec, "sample-shape " + shape);
        });
        if (said.shape().isEmpty()) {
            return spec;
        }
        long[] shape = said.shape().get().stream().mapToLong(Long::longValue).toArray();
        boolean fits = shape.length == spec.shape().length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] < 0 || spec.shape()[i] < 0 || shape[i] == spec.shape()[i];
            shape[i] = shape[i] < 0 ? spec.shape()[i] : shape[i];
        }
        if (!fits) {
            throw contradiction(spec, Shapes.text(shape));
        }
        return new TensorSpec(spec.name(), spec.type(), shape);
    }

    private static boolean isOf(List<Long> sample, TensorSpec spec) {
        boolean fits = sample.size() == spec.shape().length;
        for (int i = 0; fits && i < sample.size(); i++) {
            fits = sample.get(i) < 0 || spec.shape()[i] < 0 || spec.shape()[i] == sample.get(i);
        }
        return fits;
    }

    private static InvalidActorException contradiction(TensorSpec spec, String said) {
        return new InvalidActorException(
                "The model's config says " + said + " of '" + spec.name() + "', which is " + spec + " in the model.");
    }
}
