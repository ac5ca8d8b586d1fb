package dev.sluice.host.onnx.batch;

/**
 * Along which dimension of which input and output the queries of a batch lie.
 *
 * @param inputs the dimension of each, in the order in which the model declares them; {@link #SHARED} of one that all queries of a batch
 *     have in common
 * @param outputs the dimension of each
 */
@SuppressWarnings("ArrayRecordComponent") // made once for a model, never compared
public record Axes(int[] inputs, int[] outputs) {

    /** An input without such a dimension: only queries that agree on it are computed together. */
    public static final int SHARED = -1;
}
