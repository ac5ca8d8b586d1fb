package dev.sluice.host.onnx.session;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.sdk.actor.InvalidActorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a model says of itself.
 *
 * @param inputs that it takes
 * @param dimensions the names that it gives to the dimensions of each input; empty where it gives none
 * @param outputs that it gives; of one that is a map, its values and its keys
 * @param values the names of the outputs as the model has them
 * @param tensors whether all outputs are tensors
 * @param metadata what else its author wrote into it
 */
public record Signature(
        List<TensorSpec> inputs,
        List<List<String>> dimensions,
        List<TensorSpec> outputs,
        List<String> values,
        boolean tensors,
        Map<String, String> metadata) {

    static Signature of(OrtSession session, Map<String, String> metadata) throws OrtException {
        List<TensorSpec> inputs = new ArrayList<>();
        List<List<String>> dimensions = new ArrayList<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            if (!(input.getValue().getInfo() instanceof TensorInfo tensor)) {
                throw new InvalidActorException("The input '" + input.getKey() + "' is no tensor but "
                        + input.getValue().getInfo() + ", which queries cannot carry.");
            }
            inputs.add(spec(input.getKey(), tensor));
            dimensions.add(List.of(tensor.getDimensionNames()));
        }
        List<TensorSpec> outputs = new ArrayList<>();
        boolean tensors = true;
        for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
            ValueInfo info = output.getValue().getInfo();
            tensors &= info instanceof TensorInfo;
            outputs.addAll(specs(output.getKey(), info));
        }
        return new Signature(
                List.copyOf(inputs),
                List.copyOf(dimensions),
                List.copyOf(outputs),
                List.copyOf(session.getOutputNames()),
                tensors,
                Map.copyOf(metadata));
    }

    private static TensorSpec spec(String name, TensorInfo tensor) {
        return new TensorSpec(name, ElementTypes.wire(tensor, name), tensor.getShape());
    }

    private static List<TensorSpec> specs(String name, ValueInfo info) {
        if (info instanceof TensorInfo tensor) {
            return List.of(spec(name, tensor));
        }
        if (info instanceof MapInfo map) {
            return maps(name, map);
        }
        if (info instanceof SequenceInfo sequence && sequence.isSequenceOfMaps()) {
            return maps(name, sequence.mapInfo);
        }
        if (info instanceof SequenceInfo sequence) {
            return List.of(new TensorSpec(name, ElementTypes.wire(sequence.sequenceType, name), new long[] {-1}));
        }
        throw new InvalidActorException("The output '" + name + "' is " + info + ", which results cannot carry.");
    }

    private static List<TensorSpec> maps(String name, MapInfo map) {
        long[] shape = {-1, -1};
        return List.of(
                new TensorSpec(name, ElementTypes.wire(map.valueType, name), shape),
                new TensorSpec(name + OutputTensors.KEYS, ElementTypes.wire(map.keyType, name), shape));
    }
}
