package dev.sluice.benchmarks.onnx;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A model that is measured, and what it is asked.
 *
 * @param name of it
 * @param file that it is in
 * @param inputs of it
 */
record BenchModel(String name, Path file, List<Made> inputs) {

    private static final int NONE = -1;

    /**
     * An input that is made up.
     *
     * @param shape of one query
     * @param batchDimension where queries are stacked; -1: all queries have it in common
     * @param below whole numbers are from 0 to this; of floats, from 0 to 1, it is 1
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Made(String name, DataType type, long[] shape, int batchDimension, int below) {

        /** Of so many queries at once. Which values they are does not matter, but that they are the same each time. */
        Tensor of(int queries) {
            long[] whole = shape.clone();
            if (batchDimension >= 0) {
                whole[batchDimension] = queries;
            }
            SplittableRandom random = new SplittableRandom(7);
            Tensor tensor = new Tensor(name, type, whole, Unpooled.directBuffer());
            ByteBuf data = tensor.data();
            for (long i = 0; i < tensor.elements(); i++) {
                switch (type) {
                    case INT32 -> data.writeIntLE(random.nextInt(below));
                    case INT64 -> data.writeLongLE(below);
                    default -> data.writeFloatLE((float) random.nextDouble());
                }
            }
            return tensor;
        }
    }

    /** A model of this name, if it is one that is known here what to ask. */
    static Optional<BenchModel> of(String name, Path file) {
        return switch (name) {
            case "magika" ->
                Optional.of(new BenchModel(
                        name, file, List.of(new Made("bytes", DataType.INT32, new long[] {1, 2_048}, 0, 256))));
            case "digits-net" ->
                Optional.of(new BenchModel(
                        name, file, List.of(new Made("input", DataType.FP32, new long[] {1, 288}, 0, 1))));
            case "ppocr-cls" ->
                Optional.of(new BenchModel(
                        name, file, List.of(new Made("x", DataType.FP32, new long[] {1, 3, 48, 192}, 0, 1))));
            case "ppocr-rec" ->
                Optional.of(new BenchModel(
                        name, file, List.of(new Made("x", DataType.FP32, new long[] {1, 3, 48, 166}, 0, 1))));
            case "silero-vad" ->
                Optional.of(new BenchModel(
                        name,
                        file,
                        List.of(
                                new Made("input", DataType.FP32, new long[] {1, 576}, 0, 1),
                                new Made("state", DataType.FP32, new long[] {2, 1, 128}, 1, 1),
                                new Made("sr", DataType.INT64, new long[0], NONE, 16_000))));
            default -> Optional.empty();
        };
    }

    List<Tensor> query() {
        return batch(1);
    }

    List<Tensor> batch(int queries) {
        List<Tensor> tensors = new ArrayList<>();
        inputs.forEach(input -> tensors.add(input.of(queries)));
        return tensors;
    }
}
