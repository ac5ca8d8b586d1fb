package dev.sluice.sdk.tensor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.InferReader;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InputCheck;
import dev.sluice.common.tensor.OutputCheck;
import dev.sluice.common.tensor.Shapes;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query of the Open Inference Protocol to a Java method: its values, one or many. Valid as long as the query's body. */
public final class TensorQuery {

    private static final InferReader READER = new InferReader(UnpooledByteBufAllocator.DEFAULT);

    /** Arrays that may be made of a tensor that has no elements. */
    private static final int MOST_EMPTY = 65_536;

    private final MethodTensors method;
    private final InferRequest request;
    private final TensorData data;
    private final int[] value;
    private final int rows;

    private TensorQuery(MethodTensors method, InferRequest request, TensorData data, int[] shape) {
        this.method = method;
        this.request = request;
        this.data = data;
        this.value = method.rows() ? Arrays.copyOfRange(shape, 1, shape.length) : shape;
        this.rows = method.rows() ? shape[0] : 1;
    }

    /** @throws QueryException with {@code INVALID_INPUT} and a sentence for the caller */
    public static TensorQuery read(ByteBuf body, String mediaType, MethodTensors method) {
        List<TensorSpec> takes = List.of(method.takes());
        InferRequest request = READER.read(body, mediaType, takes);
        try {
            new OutputCheck(List.of(method.gives())).check(request.outputs());
            Tensor tensor = new InputCheck(takes)
                    .inOrder(request.inputs().stream()
                            .map(each -> method.takes().shape().length == 1 ? each.inADimension() : each)
                            .toList())
                    .get(0);
            int[] shape = shape(tensor, method);
            return new TensorQuery(
                    method, request.withoutInputs(), TensorData.of(tensor, binary(body, mediaType)), shape);
        } finally {
            request.release();
        }
    }

    private static int[] shape(Tensor tensor, MethodTensors method) {
        long[] shape = tensor.shape();
        if (tensor.elements() == 0 && emptyParts(shape) > MOST_EMPTY) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The input '" + tensor.name() + "' has the shape " + Shapes.text(shape)
                            + ", which is nothing but empty; at most " + MOST_EMPTY + " empty rows are taken.");
        }
        int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
        return method.rows() || method.input().rank() > 0 ? sizes : new int[0];
    }

    /** Arrays with nothing in them, before a dimension is of size 0. */
    private static long emptyParts(long[] shape) {
        int none = 0;
        while (shape[none] != 0) {
            none++;
        }
        return Shapes.elements(shape, 0, none);
    }

    /** Binary data lie in the body; what came as JSON was put elsewhere. */
    private static @Nullable ByteBuf binary(ByteBuf body, String mediaType) {
        int jsonLength = InferMedia.jsonLength(mediaType).orElse(0);
        return jsonLength > 0 && jsonLength < body.readableBytes()
                ? body.slice(body.readerIndex() + jsonLength, body.readableBytes() - jsonLength)
                : null;
    }

    /** How many values it brings; 1 to a method that is called with one. */
    public int rows() {
        return rows;
    }

    /** @throws QueryException where this one is no value of the method's type */
    public @Nullable Object read(int row) {
        return method.input().read(data, value, row * elementsOfOne());
    }

    /**
     * As {@link #read}, into an array of such values.
     *
     * @param count of rows; 1 where they are arrays themselves
     */
    public void readInto(Object array, int index, int row, int count) {
        if (method.input().rank() == 0) {
            method.input().elements().read(data, row, count, array, index);
        } else {
            ((Object[]) array)[index] = read(row);
        }
    }

    private int elementsOfOne() {
        int elements = 1;
        for (int size : value) {
            elements *= size;
        }
        return elements;
    }

    /** What is answered, in the form in which it was asked. */
    public TensorAnswer answer(TensorModel model) {
        return new TensorAnswer(method, request, rows, model);
    }
}
