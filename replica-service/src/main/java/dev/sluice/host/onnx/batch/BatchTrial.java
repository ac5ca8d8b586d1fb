package dev.sluice.host.onnx.batch;

import ai.onnxruntime.OrtException;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.session.ModelSession;
import dev.sluice.host.onnx.session.RuntimeErrors;
import dev.sluice.host.onnx.settings.ModelConfig;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a model with one, two and three made-up queries at once: which dimension of each output grows with them, and whether each query
 * gets what it gets alone, beside one like it and beside one whose values are of another magnitude. What a model declares may be wrong
 * or say nothing of that.
 */
public final class BatchTrial {

    /** Sizes that models often want of a dimension that they leave open; those first that say something of their time. */
    private static final long[] SIZES = {64, 128, 32, 256, 48, 16, 512, 8, 224, 100, 4, 2, 1};

    private static final String TOO_LARGE = "its inputs are too large to be made up";

    private static final Logger log = LoggerFactory.getLogger(BatchTrial.class);

    private final ModelSession session;
    private final ModelConfig config;
    private final SampleInputs samples;
    private final Stacks stacks;
    private final int mostRows;

    /**
     * @param mostRows that are computed together where the model's config says nothing
     * @param allocator of what it is tried with
     */
    public BatchTrial(ModelSession session, ModelConfig config, int mostRows, ByteBufAllocator allocator) {
        this.session = session;
        this.config = config;
        this.samples = new SampleInputs(session.signature(), config, allocator);
        this.stacks = new Stacks(allocator);
        this.mostRows = config.maxBatchSize().orElse(mostRows);
    }

    /**
     * What came of it.
     *
     * @param batching whether queries can be computed together
     * @param sample one query's inputs that the model takes, to be released; none where none was found
     */
    public record Tried(Batching batching, List<Tensor> sample) {}

    /** Runs the model some times, on the calling thread. */
    public Tried run() {
        InputAxes.Found found = InputAxes.of(session.signature(), config);
        int[] axes = found.axes();
        String refusal = "";
        for (long size : SIZES) {
            if (!samples.fit(axes, size)) {
                refusal = refusal.isEmpty() ? TOO_LARGE : refusal;
                continue;
            }
            List<Tensor> first = samples.query(axes, size, 1);
            List<Tensor> outputs = null;
            try {
                outputs = session.run(first);
                Batching batching =
                        found.why().isEmpty() ? batching(axes, size, first, outputs) : Batching.none(found.why());
                return new Tried(batching, first);
            } catch (OrtException e) {
                refusal = RuntimeErrors.plain(e);
                first.forEach(Tensor::release);
            } finally {
                release(outputs);
            }
        }
        return new Tried(untried(axes, found, refusal), List.of());
    }

    /** Of a model that takes none of what was made up. */
    private Batching untried(int[] axes, InputAxes.Found found, String refusal) {
        if (!found.why().isEmpty()) {
            return Batching.none(found.why());
        }
        if (!config.batching().orElse(false)) {
            return Batching.none("it could not be tried with made-up inputs (" + refusal
                    + "); say sample-shape of its inputs, or batching: true, in its config.yaml");
        }
        int[] outputs = new int[session.signature().outputs().size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = said(i).orElse(0);
        }
        return Batching.along(new Axes(axes, outputs), mostRows);
    }

    private Batching batching(int[] axes, long size, List<Tensor> first, List<Tensor> alone) {
        List<Tensor> second = samples.query(axes, size, 2);
        List<Tensor> two = null;
        List<Tensor> three = null;
        List<Tensor> other = null;
        try {
            two = together(axes, List.of(first, second));
            three = together(axes, List.of(second, first, second));
            other = session.run(second);
            Batching judged = judged(axes, alone, other, two, three);
            String moved = judged.axes().isEmpty() || config.batching().orElse(false)
                    ? ""
                    : movedByFar(judged.axes().get(), size, first, alone);
            return moved.isEmpty() ? judged : Batching.none(moved);
        } catch (OrtException e) {
            return Batching.none("it fails where several queries are computed together: " + RuntimeErrors.plain(e));
        } finally {
            release(second);
            release(two);
            release(three);
            release(other);
        }
    }

    /**
     * Some models take a scale from all that they are given at once: where that is quantized on the way, for one. Values that are alike
     * do not show it.
     *
     * @return why the model cannot be batched; empty where nothing speaks against it
     */
    private String movedByFar(Axes axes, long size, List<Tensor> first, List<Tensor> alone) {
        List<Tensor> far = samples.unlike(axes.inputs(), size, 3);
        List<Tensor> both = null;
        try {
            both = together(axes.inputs(), List.of(first, far));
            for (int i = 0; i < alone.size(); i++) {
                if (!isAt(both.get(i), axes.outputs()[i], 0, alone.get(i))) {
                    return dependent(alone.get(i));
                }
            }
        } catch (OrtException unfit) {
            // It does not take such values, so that none come that could move others.
            log.debug("A model was not tried beside values of another magnitude.", unfit);
        } finally {
            release(far);
            release(both);
        }
        return "";
    }

    private static String dependent(Tensor output) {
        return "its output '" + output.name() + "' depends on what else is computed with it";
    }

    private Batching judged(int[] axes, List<Tensor> alone, List<Tensor> other, List<Tensor> two, List<Tensor> three) {
        int[] outputs = new int[alone.size()];
        for (int i = 0; i < outputs.length; i++) {
            String name = alone.get(i).name();
            int grown = OutputAxis.of(alone.get(i), two.get(i), three.get(i));
            outputs[i] = said(i).orElse(grown);
            if (outputs[i] < 0 || outputs[i] >= alone.get(i).shape().length) {
                return Batching.none("its output '" + name + "' does not grow by one dimension with the queries");
            }
            if (!config.batching().orElse(false)
                    && !(isAt(two.get(i), outputs[i], 0, alone.get(i))
                            && isAt(two.get(i), outputs[i], 1, other.get(i)))) {
                return Batching.none(dependent(alone.get(i)));
            }
        }
        return Batching.along(new Axes(axes, outputs), mostRows);
    }

    private boolean isAt(Tensor two, int axis, int place, Tensor alone) {
        long rows = alone.shape()[axis];
        if (two.shape().length != alone.shape().length || two.shape()[axis] != 2 * rows) {
            return false;
        }
        Tensor part = stacks.slice(two, axis, place * rows, (place + 1) * rows);
        try {
            return Likeness.alike(part, alone);
        } finally {
            part.release();
        }
    }

    private Optional<Integer> said(int output) {
        TensorSpec spec = session.signature().outputs().get(output);
        return config.output(spec.name()).batchDimension();
    }

    private List<Tensor> together(int[] axes, List<List<Tensor>> queries) throws OrtException {
        List<Tensor> inputs = new ArrayList<>();
        try {
            for (int i = 0; i < axes.length; i++) {
                int input = i;
                List<Tensor> parts =
                        queries.stream().map(query -> query.get(input)).toList();
                inputs.add(axes[i] == Axes.SHARED ? stacks.copy(parts.get(0)) : stacks.stack(parts, axes[i]));
            }
            return session.run(inputs);
        } finally {
            release(inputs);
        }
    }

    private static void release(@Nullable List<Tensor> tensors) {
        if (tensors != null) {
            tensors.forEach(Tensor::release);
        }
    }
}
