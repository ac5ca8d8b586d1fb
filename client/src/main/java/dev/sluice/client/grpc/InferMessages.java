package dev.sluice.client.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sluice.client.tensor.DataType;
import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.ModelInfo;
import dev.sluice.client.tensor.ModelInfo.TensorInfo;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Call;
import dev.sluice.client.transport.Content;
import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import inference.ModelInferResponse;
import inference.ModelInferResponse.InferOutputTensor;
import inference.ModelMetadataResponse;
import inference.ModelMetadataResponse.TensorMetadata;
import inference.RepositoryIndexResponse;
import inference.RepositoryIndexResponse.ModelIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Requests and answers as the protocol's messages. Bytes are passed on, not copied. */
final class InferMessages {

    /** Says that the one string of the one input is a body of this media type, and not a tensor. */
    private static final String MEDIA_TYPE = "media_type";

    private InferMessages() {}

    static ModelInferRequest body(Call call, Content input) {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putInt(input.data().remaining()).flip();
        return ModelInferRequest.newBuilder()
                .setModelName(call.model())
                .putParameters(
                        MEDIA_TYPE,
                        InferParameter.newBuilder()
                                .setStringParam(input.mediaType())
                                .build())
                .addInputs(InferInputTensor.newBuilder()
                        .setName("input")
                        .setDatatype(DataType.BYTES.name())
                        .addShape(1))
                .addRawInputContents(
                        UnsafeByteOperations.unsafeWrap(length).concat(UnsafeByteOperations.unsafeWrap(input.data())))
                .build();
    }

    static Content content(ModelInferResponse response) {
        String mediaType = response.getParametersMap()
                .getOrDefault(MEDIA_TYPE, InferParameter.getDefaultInstance())
                .getStringParam();
        if (mediaType.isEmpty() || response.getRawOutputContentsCount() != 1) {
            throw new IllegalArgumentException("it says no " + MEDIA_TYPE + ".");
        }
        ByteString string = response.getRawOutputContents(0);
        return Content.of(string.substring(Integer.BYTES).asReadOnlyByteBuffer(), mediaType);
    }

    static ModelInferRequest tensors(Call call, List<Tensor> inputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(call.model());
        for (Tensor input : inputs) {
            InferInputTensor.Builder tensor = InferInputTensor.newBuilder()
                    .setName(input.name())
                    .setDatatype(input.type().name());
            for (long size : input.shape()) {
                tensor.addShape(size);
            }
            request.addInputs(tensor).addRawInputContents(UnsafeByteOperations.unsafeWrap(input.data()));
        }
        call.outputs()
                .forEach(name -> request.addOutputs(
                        InferRequestedOutputTensor.newBuilder().setName(name)));
        return request.build();
    }

    static Inference inference(ModelInferResponse response) {
        if (response.getRawOutputContentsCount() != response.getOutputsCount()) {
            throw new IllegalArgumentException("it has " + response.getOutputsCount() + " outputs and "
                    + response.getRawOutputContentsCount() + " raw_output_contents.");
        }
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < response.getOutputsCount(); i++) {
            InferOutputTensor output = response.getOutputs(i);
            outputs.add(tensor(output, response.getRawOutputContents(i).asReadOnlyByteBuffer()));
        }
        return new Inference(response.getModelName(), response.getModelVersion(), outputs);
    }

    private static Tensor tensor(InferOutputTensor output, ByteBuffer data) {
        DataType type = type(output.getDatatype());
        return Tensor.of(
                output.getName(),
                type,
                data,
                output.getShapeList().stream().mapToLong(size -> size).toArray());
    }

    private static DataType type(String name) {
        return DataType.of(name).orElseThrow(() -> new IllegalArgumentException("there is no datatype " + name + "."));
    }

    static List<String> names(RepositoryIndexResponse index) {
        return index.getModelsList().stream().map(ModelIndex::getName).toList();
    }

    static ModelInfo model(ModelMetadataResponse model) {
        return new ModelInfo(
                model.getName(),
                model.getVersionsList(),
                tensors(model.getInputsList()),
                tensors(model.getOutputsList()));
    }

    private static List<TensorInfo> tensors(List<TensorMetadata> tensors) {
        return tensors.stream()
                .map(tensor -> new TensorInfo(
                        tensor.getName(), type(tensor.getDatatype()), List.copyOf(tensor.getShapeList())))
                .toList();
    }
}
