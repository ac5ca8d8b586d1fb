package dev.sluice.examples.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sluice.common.concurrent.LargeStack;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A classifier in ONNX: a tensor [n, width] in, a probability for each of n rows and each label out. A micro-batch is one
 * tensor, written into one direct buffer that is kept, so that a batch costs one native call and no native memory.
 *
 * <p>Not thread-safe: it belongs to one replica.
 */
public final class Classifier implements AutoCloseable {

    private final OrtSession session;
    private final String input;
    private final int width;
    private final List<String> labels;
    private ByteBuffer rows = ByteBuffer.allocateDirect(0);

    private Classifier(OrtSession session, List<String> labels) throws OrtException {
        this.session = session;
        this.labels = labels;
        this.input = session.getInputNames().iterator().next();
        this.width = columns(session.getInputInfo());
        int answers = columns(session.getOutputInfo());
        if (answers != labels.size()) {
            throw new IllegalStateException(
                    "the model answers " + answers + " columns for " + labels.size() + " labels");
        }
    }

    /**
     * Loads {@code NAME.onnx} and {@code NAME.labels.txt}, which names the columns of the answer, from beside a class.
     *
     * @param intraOpThreads threads that one batch may use, at least 1
     */
    public static Classifier load(Class<?> beside, String name, int intraOpThreads) throws IOException, OrtException {
        byte[] model = read(beside, name + ".onnx");
        List<String> labels = new String(read(beside, name + ".labels.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return of(model, labels, intraOpThreads);
    }

    /** As {@link #load}, of a model in memory. */
    public static Classifier of(byte[] model, List<String> labels, int intraOpThreads) throws OrtException {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("threads is 1 or more, not " + intraOpThreads);
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            OrtSession session = runtime().createSession(model, options);
            try {
                return new Classifier(session, List.copyOf(labels));
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
    }

    /** Where the runtime could tell its makers how it is used, it does not. */
    private static OrtEnvironment runtime() throws OrtException {
        OrtEnvironment runtime = LargeStack.call("onnx-start", OrtEnvironment::getEnvironment);
        runtime.setTelemetry(false);
        return runtime;
    }

    /** Features of one row. */
    public int width() {
        return width;
    }

    /** Room for so many rows, to be filled and classified before the next is asked for. */
    public FloatBuffer floatRows(int count) {
        return room(count).asFloatBuffer();
    }

    /** Room for so many rows, to be filled and classified before the next is asked for. */
    public IntBuffer intRows(int count) {
        return room(count).asIntBuffer();
    }

    /** The best label of each row, from position 0 to the limit. */
    public List<Guess> classify(FloatBuffer rows) throws OrtException {
        rows.rewind();
        long[] shape = {rows.remaining() / width, width};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), rows, shape)) {
            return run(tensor);
        }
    }

    /** The best label of each row, from position 0 to the limit. */
    public List<Guess> classify(IntBuffer rows) throws OrtException {
        rows.rewind();
        long[] shape = {rows.remaining() / width, width};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), rows, shape)) {
            return run(tensor);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private List<Guess> run(OnnxTensor tensor) throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer probabilities = ((OnnxTensor) result.get(0)).getFloatBuffer();
            List<Guess> guesses = new ArrayList<>();
            while (probabilities.hasRemaining()) {
                guesses.add(best(probabilities));
            }
            return guesses;
        }
    }

    private Guess best(FloatBuffer probabilities) {
        int best = 0;
        float highest = Float.NEGATIVE_INFINITY;
        for (int column = 0; column < labels.size(); column++) {
            float probability = probabilities.get();
            if (probability > highest) {
                best = column;
                highest = probability;
            }
        }
        return new Guess(labels.get(best), highest);
    }

    private ByteBuffer room(int count) {
        int size = Math.multiplyExact(Math.multiplyExact(count, width), Float.BYTES);
        if (rows.capacity() < size) {
            rows = ByteBuffer.allocateDirect(size);
        }
        return rows.clear().limit(size).slice().order(ByteOrder.nativeOrder());
    }

    private static int columns(Map<String, NodeInfo> nodes) {
        long[] shape = ((TensorInfo) nodes.values().iterator().next().getInfo()).getShape();
        return Math.toIntExact(shape[shape.length - 1]);
    }

    private static byte[] read(Class<?> beside, String resource) throws IOException {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is missing beside " + beside.getName());
            }
            return in.readAllBytes();
        }
    }
}
