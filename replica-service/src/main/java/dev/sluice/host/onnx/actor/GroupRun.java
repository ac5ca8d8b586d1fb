package dev.sluice.host.onnx.actor;

import ai.onnxruntime.OrtException;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.onnx.batch.Axes;
import dev.sluice.host.onnx.batch.Stacks;
import dev.sluice.host.onnx.session.RunStop;
import dev.sluice.host.onnx.settings.TensorConfig.Pad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes queries together, and gives each its part of the results. */
final class GroupRun {

    private final LoadedModel model;
    private final Stacks stacks;
    private final @Nullable RunStop stop;

    /** @param stop of what is being computed; null: that goes on to its end */
    GroupRun(LoadedModel model, Stacks stacks, @Nullable RunStop stop) {
        this.model = model;
        this.stacks = stacks;
        this.stop = stop;
    }

    /** Where the results of one query go; the tensors are released after the call. */
    interface Results {
        void of(ModelQuery query, List<Tensor> outputs);
    }

    /** @return whether each query has its results: else what came cannot be divided among them */
    boolean run(List<ModelQuery> group, Results results) throws OrtException {
        List<Tensor> inputs = new ArrayList<>();
        List<Tensor> outputs = List.of();
        try {
            stack(group, inputs);
            outputs = model.session().run(inputs, stop);
            return divide(group, outputs, results);
        } finally {
            inputs.forEach(Tensor::release);
            outputs.forEach(Tensor::release);
        }
    }

    private void stack(List<ModelQuery> group, List<Tensor> inputs) {
        Axes axes = model.batching().axes().orElse(null);
        for (int i = 0; i < model.inputs().size(); i++) {
            int input = i;
            List<Tensor> parts =
                    group.stream().map(query -> query.inputs().get(input)).toList();
            int axis = axes == null ? Axes.SHARED : axes.inputs()[i];
            inputs.add(axis == Axes.SHARED ? stacks.copy(parts.get(0)) : padded(parts, axis));
        }
    }

    private Tensor padded(List<Tensor> parts, int axis) {
        Optional<Pad> pad = model.config().input(parts.get(0).name()).pad();
        if (pad.isEmpty() || parts.size() == 1 || pad.get().dimension() == axis) {
            return stacks.stack(parts, axis);
        }
        int dimension = pad.get().dimension();
        long size =
                parts.stream().mapToLong(part -> part.shape()[dimension]).max().orElse(0);
        List<Tensor> filled = new ArrayList<>();
        try {
            parts.forEach(part ->
                    filled.add(stacks.pad(part, dimension, size, pad.get().value())));
            return stacks.stack(filled, axis);
        } finally {
            filled.forEach(Tensor::release);
        }
    }

    private boolean divide(List<ModelQuery> group, List<Tensor> outputs, Results results) {
        Axes axes = model.batching().axes().orElse(null);
        if (axes == null) {
            results.of(group.get(0), outputs);
            return true;
        }
        long rows = group.stream().mapToLong(ModelQuery::rows).sum();
        if (!isDivisible(outputs, axes, rows)) {
            if (group.size() == 1) {
                results.of(group.get(0), outputs);
            }
            return group.size() == 1;
        }
        long from = 0;
        for (ModelQuery query : group) {
            long to = from + query.rows();
            List<Tensor> parts = new ArrayList<>();
            try {
                for (int i = 0; i < outputs.size(); i++) {
                    parts.add(part(outputs.get(i), axes.outputs()[i], from, to, rows));
                }
                results.of(query, query.bare() ? bare(parts, axes) : parts);
            } finally {
                parts.forEach(Tensor::release);
            }
            from = to;
        }
        return true;
    }

    private static boolean isDivisible(List<Tensor> outputs, Axes axes, long rows) {
        boolean divisible = rows > 0 && outputs.size() == axes.outputs().length;
        for (int i = 0; divisible && i < outputs.size(); i++) {
            long[] shape = outputs.get(i).shape();
            int axis = axes.outputs()[i];
            divisible = axis < shape.length && shape[axis] % rows == 0;
        }
        return divisible;
    }

    /** An output may have several places for each row. */
    private Tensor part(Tensor output, int axis, long from, long to, long rows) {
        long each = output.shape()[axis] / rows;
        return stacks.slice(output, axis, from * each, to * each);
    }

    private static List<Tensor> bare(List<Tensor> parts, Axes axes) {
        List<Tensor> bare = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            long[] shape = parts.get(i).shape();
            int axis = axes.outputs()[i];
            bare.add(shape[axis] == 1 ? parts.get(i).as(without(shape, axis)) : parts.get(i));
        }
        return bare;
    }

    private static long[] without(long[] shape, int axis) {
        long[] less = new long[shape.length - 1];
        System.arraycopy(shape, 0, less, 0, axis);
        System.arraycopy(shape, axis + 1, less, axis, less.length - axis);
        return less;
    }
}
