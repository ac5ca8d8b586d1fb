package dev.sluice.frontend.query.model;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method of an actor as a model.
 *
 * @param asked the version that a request names; null: whatever traffic is routed to
 */
public record Model(
        ActorDescriptor actor,
        MethodDescriptor method,
        @Nullable String asked) {

    /** What stands between an actor and its method in a model's name. */
    public static final char METHOD_MARK = ':';

    /** What a model takes and gives of which nobody said how: texts, or JSON texts. */
    private static final TensorSpec INPUT = new TensorSpec("input", DataType.BYTES, new long[] {-1});

    private static final TensorSpec OUTPUT = new TensorSpec("output", DataType.BYTES, new long[] {-1});

    /** The actor's name for its method {@code call}, {@code actor:method} for any other. */
    public String name() {
        boolean isDefault = method.name().equals(MethodDescriptor.DEFAULT_NAME);
        return isDefault ? actor.name() : actor.name() + METHOD_MARK + method.name();
    }

    /** The version that is asked for, or else the one that the catalogue shows. */
    public String version() {
        return asked != null ? asked : actor.version();
    }

    public List<TensorSpec> inputs() {
        return method.tensors().map(tensors -> tensors.inputs()).orElse(List.of(INPUT));
    }

    public List<TensorSpec> outputs() {
        return method.tensors().map(tensors -> tensors.outputs()).orElse(List.of(OUTPUT));
    }

    /**
     * The largest batch; 0 where the model has no dimension of batches. Where there is one it is the first of every input and
     * output, and {@link #rowShape} leaves it out. It is none where nothing would be left: clients take such a tensor for one
     * whose shape they have to be told.
     */
    public int maxBatchSize() {
        boolean rows = method.batched()
                && Stream.concat(inputs().stream(), outputs().stream()).allMatch(Model::hasRows);
        return rows ? method.maxBatchSize() : 0;
    }

    /** The shape of an input or output without the dimension of batches. */
    public long[] rowShape(TensorSpec spec) {
        long[] shape = spec.shape();
        return maxBatchSize() == 0 ? shape : Arrays.copyOfRange(shape, 1, shape.length);
    }

    private static boolean hasRows(TensorSpec spec) {
        return spec.shape().length > 1 && spec.shape()[0] == -1;
    }
}
