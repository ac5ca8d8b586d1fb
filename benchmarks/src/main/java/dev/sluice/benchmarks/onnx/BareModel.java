package dev.sluice.benchmarks.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.common.concurrent.LargeStack;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime in a loop of this process: the same inputs over and over, which are made once and never read again. */
final class BareModel implements AutoCloseable {

    private final BenchModel model;
    private final OrtSession session;
    private int batch = 1;

    /** @param threads that work on one operator */
    BareModel(BenchModel model, int threads) throws IOException {
        this.model = model;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            OrtEnvironment runtime = LargeStack.call("onnx-start", OrtEnvironment::getEnvironment);
            runtime.setTelemetry(false);
            session = runtime.createSession(model.file().toString(), options);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Tries batches of all these sizes for some time each, and keeps to the one of most queries per second. */
    void findBest(List<Integer> sizes, Duration each) throws IOException {
        double best = 0;
        int bestSize = 1;
        for (int size : sizes) {
            double rate = queriesPerSecond(size, each);
            if (rate > best) {
                best = rate;
                bestSize = size;
            }
        }
        batch = bestSize;
    }

    int batch() {
        return batch;
    }

    double queriesPerSecond(Duration time) throws IOException {
        return queriesPerSecond(batch, time);
    }

    private double queriesPerSecond(int size, Duration time) throws IOException {
        List<Tensor> inputs = model.batch(size);
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Tensor input : inputs) {
                tensors.put(input.name(), tensor(input));
            }
            session.run(tensors).close();
            long runs = 0;
            long start = System.nanoTime();
            long end = start;
            while (end - start < time.toNanos() || runs < 2) {
                session.run(tensors).close();
                runs++;
                end = System.nanoTime();
            }
            return runs * size * 1e9 / (end - start);
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
            inputs.forEach(Tensor::release);
        }
    }

    private static OnnxTensor tensor(Tensor input) throws OrtException {
        OnnxJavaType type = input.type() == DataType.INT32
                ? OnnxJavaType.INT32
                : input.type() == DataType.INT64 ? OnnxJavaType.INT64 : OnnxJavaType.FLOAT;
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                input.data().nioBuffer().order(ByteOrder.nativeOrder()),
                input.shape(),
                type);
    }

    private IOException failed(OrtException e) {
        return new IOException("The model " + model.name() + " does not run: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }
}
