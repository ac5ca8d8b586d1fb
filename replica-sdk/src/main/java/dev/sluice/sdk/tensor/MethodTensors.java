package dev.sluice.sdk.tensor;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.sdk.Tensor;
import dev.sluice.sdk.codec.Codecs;
import dev.sluice.sdk.codec.InputReader;
import dev.sluice.sdk.codec.ResultWriter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Java method as a model of the Open Inference Protocol: one input, one output.
 *
 * @param input the type of one value
 * @param takes the input tensor
 * @param output the type of one result
 * @param gives the output tensor
 * @param rows whether the first dimension counts values, each a query of its own: of a batched method
 */
public record MethodTensors(TensorType input, TensorSpec takes, TensorType output, TensorSpec gives, boolean rows) {

    private static final int ANY = -1;

    /** What a value is, with how it is read or written where it is no number. */
    public record Declared<T>(
            Type type, @Nullable T codec, @Nullable Tensor as) {}

    /**
     * @param rows whether the method is called with several values at once
     * @throws IllegalArgumentException where what is declared does not fit the type; the message is a clause that says why
     */
    public static MethodTensors of(
            Declared<InputReader> input, Declared<ResultWriter> output, boolean rows, Codecs codecs) {
        TensorType takes =
                TensorType.input(input.type(), datatype(input.as()), required(input.codec()), codecs::reader);
        TensorType gives = TensorType.output(output.type(), datatype(output.as()), output.codec(), codecs::writer);
        return new MethodTensors(
                takes, spec(takes, input.as(), "input", rows), gives, spec(gives, output.as(), "output", rows), rows);
    }

    private static @Nullable DataType datatype(@Nullable Tensor as) {
        DataType[] declared = as == null ? new DataType[0] : as.datatype();
        if (declared.length > 1) {
            throw new IllegalArgumentException("it names " + declared.length + " datatypes, and a tensor has one");
        }
        return declared.length == 0 ? null : declared[0];
    }

    private static InputReader required(@Nullable InputReader reader) {
        if (reader == null) {
            throw new IllegalStateException("every input can be read");
        }
        return reader;
    }

    private static TensorSpec spec(TensorType type, @Nullable Tensor as, String unnamed, boolean rows) {
        int[] declared = as == null ? new int[0] : as.shape();
        if (declared.length != 0 && declared.length != type.rank()) {
            throw new IllegalArgumentException("the shape " + Arrays.toString(declared) + " has " + declared.length
                    + " dimensions, and a value has " + type.rank());
        }
        long[] value = new long[type.rank()];
        Arrays.setAll(value, i -> declared.length == 0 ? ANY : declared[i]);
        if (Arrays.stream(value).anyMatch(size -> size < ANY)) {
            throw new IllegalArgumentException(
                    "the shape " + Arrays.toString(declared) + " has a size below -1, which stands for any");
        }
        String name = as == null || as.name().isEmpty() ? unnamed : as.name();
        return new TensorSpec(name, type.elements().type(), rows ? with(ANY, value) : scalar(value));
    }

    /** The protocol's tensors have at least one dimension. */
    private static long[] scalar(long[] shape) {
        return shape.length == 0 ? new long[] {1} : shape;
    }

    static long[] with(long first, long[] shape) {
        long[] more = new long[shape.length + 1];
        more[0] = first;
        System.arraycopy(shape, 0, more, 1, shape.length);
        return more;
    }

    /** What the tiers are told. */
    public TensorSignature signature() {
        return new TensorSignature(List.of(takes), List.of(gives));
    }
}
