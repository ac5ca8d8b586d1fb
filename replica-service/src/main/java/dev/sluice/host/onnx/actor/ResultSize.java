package dev.sluice.host.onnx.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferRequest.Asked;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.batch.Axes;
import java.util.List;
import java.util.Optional;

/**
 * What the outputs of a query take at least, as far as the model declares them. A few bytes a row may come out as many thousands: so
 * the rows of a query whose result could not be sent are not computed.
 */
final class ResultSize {

    private static final String TEXT =
            "The %,d rows of this query would come out as %,d bytes or more, and a result may have %,d"
                    + " (sluice.link.max-payload). Ask for fewer rows at once.";

    /** A digit and what divides it from the next, as JSON. */
    private static final int LEAST_TEXT = 2;

    private final List<TensorSpec> outputs;
    private final Axes axes;
    private final long mostBytes;

    /**
     * @param outputs as the model declares them
     * @param axes where rows lie in them
     */
    ResultSize(List<TensorSpec> outputs, Axes axes, long mostBytes) {
        this.outputs = outputs;
        this.axes = axes;
        this.mostBytes = mostBytes;
    }

    /** Of an element in the answer; 0 of an output that is not asked for. */
    private static int leastBytes(InferRequest request, TensorSpec output) {
        int size = Math.max(1, output.type().size());
        Optional<Asked> asked = request.outputs().stream()
                .filter(one -> one.name().equals(output.name()))
                .findFirst();
        if (asked.isEmpty() && !request.outputs().isEmpty()) {
            return 0;
        }
        boolean binary = asked.flatMap(Asked::binary).orElse(request.binary());
        return binary ? size : Math.min(size, LEAST_TEXT);
    }

    /** Dimensions of any size count as 1. */
    private static double elementsPerRow(TensorSpec output, int axis) {
        double elements = 1;
        long[] shape = output.shape();
        for (int d = 0; d < shape.length; d++) {
            elements *= d == axis || shape[d] < 0 ? 1 : shape[d];
        }
        return elements;
    }

    /**
     * @param request whose rows they are: what it does not ask for is not sent
     * @throws QueryException with {@code TOO_LARGE}, where the results of so many rows cannot be sent
     */
    void check(InferRequest request, long rows) {
        double bytes = 0;
        for (int i = 0; i < outputs.size() && i < axes.outputs().length; i++) {
            TensorSpec output = outputs.get(i);
            bytes += leastBytes(request, output) * elementsPerRow(output, axes.outputs()[i]);
        }
        long bytesPerRow = (long) bytes;
        if (bytesPerRow > 0 && rows > mostBytes / bytesPerRow) {
            long all = rows > Long.MAX_VALUE / bytesPerRow ? Long.MAX_VALUE : rows * bytesPerRow;
            throw new QueryException(ErrorCode.TOO_LARGE, TEXT.formatted(rows, all, mostBytes));
        }
    }
}
