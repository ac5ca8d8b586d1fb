package dev.sluice.frontend.grpc;

import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A request's message as the JSON in front of its binary data, which asks for binary data. */
final class RequestJson {

    private static final JsonFactory JSON = new JsonFactory();

    /** What is said of binary data here, whatever the caller says. */
    private static final Set<String> OURS = Set.of("binary_data_output", "binary_data_size", "binary_data");

    private RequestJson() {}

    /** @param data of each input */
    static void write(ModelInferRequest request, List<ByteBuf> data, ByteBuf out) {
        OutputStream bytes = new ByteBufOutputStream(out);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            if (!request.getId().isEmpty()) {
                json.writeStringProperty("id", request.getId());
            }
            json.writeObjectPropertyStart("parameters");
            parameters(json, request.getParametersMap());
            json.writeBooleanProperty("binary_data_output", true);
            json.writeEndObject();
            json.writeArrayPropertyStart("inputs");
            for (int i = 0; i < data.size(); i++) {
                input(json, request.getInputs(i), data.get(i).readableBytes());
            }
            json.writeEndArray();
            if (request.getOutputsCount() > 0) {
                json.writeArrayPropertyStart("outputs");
                request.getOutputsList().forEach(output -> output(json, output));
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }

    private static void input(JsonGenerator json, InferInputTensor input, int bytes) {
        json.writeStartObject();
        json.writeStringProperty("name", input.getName());
        json.writeStringProperty("datatype", input.getDatatype());
        json.writeArrayPropertyStart("shape");
        input.getShapeList().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeObjectPropertyStart("parameters");
        parameters(json, input.getParametersMap());
        json.writeNumberProperty("binary_data_size", bytes);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void output(JsonGenerator json, InferRequestedOutputTensor output) {
        json.writeStartObject();
        json.writeStringProperty("name", output.getName());
        json.writeObjectPropertyStart("parameters");
        parameters(json, output.getParametersMap());
        json.writeBooleanProperty("binary_data", true);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void parameters(JsonGenerator json, Map<String, InferParameter> parameters) {
        parameters.forEach((name, value) -> {
            if (!OURS.contains(name)) {
                json.writeName(name);
                value(json, value);
            }
        });
    }

    private static void value(JsonGenerator json, InferParameter value) {
        switch (value.getParameterChoiceCase()) {
            case BOOL_PARAM -> json.writeBoolean(value.getBoolParam());
            case INT64_PARAM -> json.writeNumber(value.getInt64Param());
            case UINT64_PARAM -> json.writeNumber(Long.toUnsignedString(value.getUint64Param()));
            case DOUBLE_PARAM -> json.writeNumber(value.getDoubleParam());
            case STRING_PARAM -> json.writeString(value.getStringParam());
            case PARAMETERCHOICE_NOT_SET -> json.writeNull();
        }
    }
}
