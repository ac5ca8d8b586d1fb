package dev.sluice.host.onnx.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.batch.Axes;
import java.util.List;

/**
 * What the outputs of a query take at least, as far as the model declares them. A few bytes a row may come out as many thousands: so
 * the rows of a query whose result could not be sent are not computed.
 */
final class ResultSize {

    private static final String TEXT =
            "The %,d rows of this query would come out as %,d bytes or more, and a result may have %,d"
                    + " (sluice.link.max-payload). Ask for fewer rows at once.";

    private final long bytesPerRow;
    private final long mostBytes;

    private ResultSize(long bytesPerRow, long mostBytes) {
        this.bytesPerRow = bytesPerRow;
        this.mostBytes = mostBytes;
    }

    /**
     * @param outputs as the model declares them
     * @param axes where rows lie in them
     */
    static ResultSize of(List<TensorSpec> outputs, Axes axes, long mostBytes) {
        double bytes = 0;
        for (int i = 0; i < outputs.size() && i < axes.outputs().length; i++) {
            bytes += bytesPerRow(outputs.get(i), axes.outputs()[i]);
        }
        return new ResultSize((long) bytes, mostBytes);
    }

    /** Dimensions of any size count as 1. */
    private static double bytesPerRow(TensorSpec output, int axis) {
        double bytes = Math.max(1, output.type().size());
        long[] shape = output.shape();
        for (int d = 0; d < shape.length; d++) {
            bytes *= d == axis || shape[d] < 0 ? 1 : shape[d];
        }
        return bytes;
    }

    /** @throws QueryException with {@code TOO_LARGE}, where the results of so many rows cannot be sent */
    void check(long rows) {
        if (bytesPerRow > 0 && rows > mostBytes / bytesPerRow) {
            long bytes = rows > Long.MAX_VALUE / bytesPerRow ? Long.MAX_VALUE : rows * bytesPerRow;
            throw new QueryException(ErrorCode.TOO_LARGE, TEXT.formatted(rows, bytes, mostBytes));
        }
    }
}
