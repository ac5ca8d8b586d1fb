package dev.sluice.host.onnx.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;

/** What one run opens outside the heap: closed together, last one first. Not thread-safe. */
final class NativeScope implements AutoCloseable {

    /** What can throw as ONNX Runtime does. */
    interface Making<T> {
        T make() throws OrtException;
    }

    private final NativeObjects counted;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int values;

    NativeScope(NativeObjects counted) {
        this.counted = counted;
    }

    OnnxTensor tensor(Making<OnnxTensor> making) throws OrtException {
        OnnxTensor tensor = making.make();
        add(tensor, 1);
        return tensor;
    }

    OrtSession.Result result(Making<OrtSession.Result> making) throws OrtException {
        OrtSession.Result result = making.make();
        add(result, result.size());
        return result;
    }

    <T extends OnnxValue> T value(T value) {
        add(value, 1);
        return value;
    }

    private void add(AutoCloseable each, int count) {
        open.add(each);
        values += count;
        counted.valuesOpened(count);
    }

    @Override
    public void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException("a native value could not be closed", e);
            }
        }
        open.clear();
        counted.valuesClosed(values);
        values = 0;
    }
}
