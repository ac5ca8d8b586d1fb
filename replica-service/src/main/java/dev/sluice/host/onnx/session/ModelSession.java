package dev.sluice.host.onnx.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.sdk.actor.InvalidActorException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One model in memory. Several threads may run it at once; it is closed when none does. */
public final class ModelSession implements AutoCloseable {

    private final OrtSession session;
    private final Signature signature;
    private final ByteBufAllocator allocator;
    private final NativeObjects counted;
    private final OutputShapes shapes = new OutputShapes();

    private ModelSession(OrtSession session, Signature signature, ByteBufAllocator allocator, NativeObjects counted) {
        this.session = session;
        this.signature = signature;
        this.allocator = allocator;
        this.counted = counted;
    }

    /**
     * Loads a model.
     *
     * @param allocator of the memory of outputs
     * @throws InvalidActorException where it is none, or cannot be run here, with a sentence for the operator
     */
    public static ModelSession load(
            Path model, RuntimeSettings settings, ByteBufAllocator allocator, NativeObjects counted) {
        OrtEnvironment environment = Environment.get();
        try (OrtSession.SessionOptions options = SessionOptions.of(settings)) {
            OrtSession session = environment.createSession(model.toString(), options);
            counted.sessionOpened();
            boolean complete = false;
            try {
                ModelSession loaded =
                        new ModelSession(session, Signature.of(session, ModelProperties.of(model)), allocator, counted);
                complete = true;
                return loaded;
            } finally {
                if (!complete) {
                    session.close();
                    counted.sessionClosed();
                }
            }
        } catch (OrtException e) {
            throw new InvalidActorException(
                    "The model cannot be loaded from " + model.getFileName() + ": " + RuntimeErrors.plain(e) + ".", e);
        }
    }

    public Signature signature() {
        return signature;
    }

    /** As {@link #run(List, RunStop)}, to the end. */
    public List<Tensor> run(List<Tensor> inputs) throws OrtException {
        return run(inputs, (RunStop) null);
    }

    /**
     * @param inputs in the order in which the model declares them, in direct memory; not released
     * @param stop that ends it, with an exception; null: nothing does
     * @return all outputs, which the caller releases
     */
    public List<Tensor> run(List<Tensor> inputs, @Nullable RunStop stop) throws OrtException {
        OrtSession.@Nullable RunOptions options = stop == null ? null : stop.options();
        List<long[]> known = signature.tensors() ? shapes.after(inputs) : null;
        if (known == null) {
            return learn(inputs, options);
        }
        try {
            return run(inputs, known, options);
        } catch (OrtException e) {
            // It fails in any case, was stopped, or what it gives has another shape each time.
            List<Tensor> outputs = learn(inputs, options);
            shapes.giveUp();
            return outputs;
        }
    }

    private List<Tensor> learn(List<Tensor> inputs, OrtSession.@Nullable RunOptions options) throws OrtException {
        List<Tensor> outputs = run(inputs, null, options);
        shapes.learn(inputs, outputs);
        return outputs;
    }

    /** @param known the shapes of the outputs, which are then computed where they are wanted; null: not known */
    private List<Tensor> run(List<Tensor> inputs, @Nullable List<long[]> known, OrtSession.@Nullable RunOptions options)
            throws OrtException {
        List<Tensor> outputs = new ArrayList<>();
        boolean complete = false;
        try (NativeScope scope = new NativeScope(counted)) {
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            for (Tensor input : inputs) {
                given.put(input.name(), InputTensors.of(input, scope));
            }
            if (known == null) {
                read(
                        scope.result(() -> session.run(given, session.getOutputNames(), Map.of(), options)),
                        outputs,
                        scope);
            } else {
                Map<String, OnnxTensor> places = places(known, outputs, scope);
                scope.result(() -> session.run(given, Set.of(), Map.<String, OnnxValue>copyOf(places), options));
            }
            complete = true;
            return outputs;
        } finally {
            if (!complete) {
                outputs.forEach(Tensor::release);
            }
        }
    }

    private void read(OrtSession.Result result, List<Tensor> outputs, NativeScope scope) throws OrtException {
        OutputTensors reader = new OutputTensors(allocator);
        for (Map.Entry<String, OnnxValue> output : result) {
            reader.add(output.getKey(), output.getValue(), outputs, scope);
        }
    }

    private Map<String, OnnxTensor> places(List<long[]> known, List<Tensor> outputs, NativeScope scope)
            throws OrtException {
        Map<String, OnnxTensor> places = new LinkedHashMap<>();
        for (int i = 0; i < known.size(); i++) {
            TensorSpec spec = signature.outputs().get(i);
            Tensor place = new Tensor(spec.name(), spec.type(), known.get(i), memory(spec.type(), known.get(i)));
            outputs.add(place);
            places.put(spec.name(), InputTensors.of(place, scope));
        }
        return places;
    }

    private ByteBuf memory(DataType type, long[] shape) {
        int bytes = OutputShapes.bytes(type, shape);
        return allocator.directBuffer(bytes, bytes).writerIndex(bytes);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        } finally {
            counted.sessionClosed();
        }
    }
}
