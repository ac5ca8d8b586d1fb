package dev.sluice.sdk.tensor;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of a query of the Open Inference Protocol, as its values' results come in their order. Holds nothing that has to be freed. */
public final class TensorAnswer {

    private static final int FIRST_BYTES = 64;

    private final MethodTensors method;
    private final InferRequest request;
    private final int rows;
    private final TensorModel model;
    private final ByteBuf data = Unpooled.buffer(FIRST_BYTES);
    private int @Nullable [] value;
    private int written;

    TensorAnswer(MethodTensors method, InferRequest request, int rows, TensorModel model) {
        this.method = method;
        this.request = request;
        this.rows = rows;
        this.model = model;
    }

    /**
     * The result of the next value.
     *
     * @throws IllegalArgumentException where a tensor cannot hold it beside those before; the message is what the method returned
     */
    public void add(@Nullable Object result) {
        int[] shape = value;
        if (shape == null) {
            shape = method.output().shape(result);
            requireDeclared(shape);
            value = shape;
        }
        method.output().write(result, shape, data);
        written++;
    }

    /** As {@link #add}, of so many elements of a primitive array. */
    public void addElements(Object results, int index, int count) {
        method.output().elements().write(results, index, count, data);
        written += count;
    }

    private void requireDeclared(int[] shape) {
        long[] declared = method.gives().shape();
        int skipped = declared.length - shape.length;
        boolean nothing = false;
        for (int i = 0; i < shape.length && skipped >= 0; i++) {
            // Of what is in an array of nothing, nothing is known.
            if (nothing && declared[i + skipped] >= 0) {
                shape[i] = (int) declared[i + skipped];
            }
            nothing |= shape[i] == 0;
            if (declared[i + skipped] >= 0 && declared[i + skipped] != shape[i]) {
                throw new IllegalArgumentException("an array of the shape " + Arrays.toString(shape)
                        + ", and the output is declared as " + method.gives());
            }
        }
    }

    /** Whether the results of all values are there. */
    public boolean isComplete() {
        return written >= rows;
    }

    /**
     * What is sent: after all results were added, or of each item of a stream.
     *
     * @throws QueryException where JSON is asked for and cannot hold it
     */
    public InferResult write() {
        Tensor output = new Tensor(method.gives().name(), method.gives().type(), shape(), data);
        return model.writer().write(request, model.name(), model.version(), List.of(output));
    }

    /** For the next item of a stream. */
    public void clear() {
        data.clear();
        value = null;
        written = 0;
    }

    private long[] shape() {
        int[] known = value;
        long[] one = new long[method.output().rank()];
        for (int i = 0; i < one.length; i++) {
            long declared = method.gives().shape()[method.rows() ? i + 1 : i];
            one[i] = known == null ? Math.max(0, declared) : known[i];
        }
        if (method.rows()) {
            return MethodTensors.with(rows, one);
        }
        return one.length == 0 ? new long[] {1} : one;
    }
}
