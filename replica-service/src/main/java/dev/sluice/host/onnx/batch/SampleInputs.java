package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Shapes;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.session.Signature;
import dev.sluice.host.onnx.settings.ModelConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up inputs to try a model with: fractions are from 0 to 1, whole numbers are 0 or 1, which index any table; shared inputs are 1.
 */
final class SampleInputs {

    /** Of one query: several are in memory at once, beside what else the host does. */
    private static final long MOST_BYTES = 16L << 20;

    /** What the largest fractions of a query are that is unlike the others. */
    private static final double FAR = 1_000;

    private final Signature signature;
    private final ModelConfig config;
    private final ByteBufAllocator allocator;

    SampleInputs(Signature signature, ModelConfig config, ByteBufAllocator allocator) {
        this.signature = signature;
        this.config = config;
        this.allocator = allocator;
    }

    /** Whether a query with such a size of what is left open is small enough to be made. */
    boolean fit(int[] axes, long size) {
        long left = MOST_BYTES;
        for (int i = 0; i < axes.length; i++) {
            TensorSpec spec = signature.inputs().get(i);
            long bytes = Math.max(1, spec.type().size());
            for (long each : shape(spec, axes[i], size)) {
                bytes = each > 0 && bytes > MOST_BYTES / each ? MOST_BYTES + 1 : bytes * each;
            }
            left -= Math.min(bytes, MOST_BYTES + 1);
        }
        return left >= 0;
    }

    /**
     * One query's inputs, of a size that {@link #fit}s.
     *
     * @param axes of the inputs
     * @param size of every dimension of which nothing is known
     * @param seed different ones give different values
     */
    List<Tensor> query(int[] axes, long size, long seed) {
        return query(axes, size, seed, false);
    }

    /** Likewise, with fractions of both signs that are a thousand times as large. */
    List<Tensor> unlike(int[] axes, long size, long seed) {
        return query(axes, size, seed, true);
    }

    private List<Tensor> query(int[] axes, long size, long seed, boolean far) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> inputs = new ArrayList<>();
        boolean complete = false;
        try {
            for (int i = 0; i < axes.length; i++) {
                TensorSpec spec = signature.inputs().get(i);
                inputs.add(tensor(spec, shape(spec, axes[i], size), axes[i] == Axes.SHARED, far, random));
            }
            complete = true;
            return inputs;
        } finally {
            if (!complete) {
                inputs.forEach(Tensor::release);
            }
        }
    }

    private long[] shape(TensorSpec spec, int axis, long size) {
        List<Long> said = config.input(spec.name()).sampleShape().orElse(List.of());
        long[] shape = spec.shape().clone();
        for (int d = 0; d < shape.length; d++) {
            if (d == axis) {
                shape[d] = 1;
            } else if (shape[d] < 0) {
                shape[d] = said.size() == shape.length && said.get(d) >= 0 ? said.get(d) : size;
            }
        }
        return shape;
    }

    private Tensor tensor(TensorSpec spec, long[] shape, boolean shared, boolean far, SplittableRandom random) {
        long elements = Shapes.elements(shape);
        ByteBuf data = allocator.directBuffer();
        boolean fraction =
                spec.type().name().contains("FP") || spec.type() == DataType.BF16 || spec.type() == DataType.BYTES;
        for (long i = 0; i < elements; i++) {
            double value = fraction ? random.nextDouble() : random.nextInt(2);
            value = far && fraction ? FAR * (2 * value - 1) : value;
            Values.write(data, spec.type(), shared ? 1 : value);
        }
        return new Tensor(spec.name(), spec.type(), shape, data);
    }
}
