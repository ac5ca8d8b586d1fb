package dev.sluice.common.tensor;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferRequest.Asked;
import dev.sluice.common.tensor.InferRequest.Form;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes what a model answers, in the form in which it was asked. Thread-safe. */
public final class InferWriter {

    private static final String JSON = "application/json";

    private final ByteBufAllocator allocator;

    /** @param allocator of the bodies */
    public InferWriter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * @param model its name
     * @param version of it
     * @param outputs all that the model gave; read without moving their indices, and not released
     * @throws QueryException where an output is asked for that there is not, or that JSON cannot carry
     */
    public InferResult write(InferRequest request, String model, String version, List<Tensor> outputs) {
        List<Tensor> asked = asked(request, outputs);
        ByteBuf body = allocator.directBuffer();
        boolean complete = false;
        try {
            InferResult result = write(request, model, version, asked, body);
            complete = true;
            return result;
        } finally {
            if (!complete) {
                body.release();
            }
        }
    }

    private static List<Tensor> asked(InferRequest request, List<Tensor> outputs) {
        if (request.outputs().isEmpty()) {
            return outputs;
        }
        List<Tensor> asked = new ArrayList<>(request.outputs().size());
        for (Asked one : request.outputs()) {
            asked.add(outputs.stream()
                    .filter(output -> output.name().equals(one.name()))
                    .findFirst()
                    .orElseThrow(() -> Invalid.input("The model has no output '" + one.name() + "'; it gives "
                            + outputs.stream().map(Tensor::name).toList() + ".")));
        }
        return asked;
    }

    private static InferResult write(
            InferRequest request, String model, String version, List<Tensor> outputs, ByteBuf body) {
        if (request.form() == Form.RAW && outputs.size() == 1) {
            append(outputs.get(0), body);
            return new InferResult(body, InferMedia.BINARY);
        }
        boolean protocol = request.form() == Form.INFER || request.form() == Form.RAW;
        try (JsonGenerator json = InferJson.generator(body)) {
            if (protocol) {
                protocol(json, request, model, version, outputs);
            } else if (request.form() == Form.PLAIN && outputs.size() == 1) {
                new ElementWriter(json, outputs.get(0)).nested();
            } else {
                named(json, outputs);
            }
        }
        int jsonLength = body.readableBytes();
        boolean binary = false;
        for (int i = 0; protocol && i < outputs.size(); i++) {
            if (isBinary(request, i)) {
                append(outputs.get(i), body);
                binary = true;
            }
        }
        return new InferResult(body, binary ? InferMedia.binary(jsonLength) : JSON);
    }

    private static void protocol(
            JsonGenerator json, InferRequest request, String model, String version, List<Tensor> outputs) {
        json.writeStartObject();
        json.writeStringProperty("model_name", model);
        json.writeStringProperty("model_version", version);
        if (!request.id().isEmpty()) {
            json.writeStringProperty("id", request.id());
        }
        json.writeArrayPropertyStart("outputs");
        for (int i = 0; i < outputs.size(); i++) {
            output(json, outputs.get(i), isBinary(request, i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void output(JsonGenerator json, Tensor output, boolean binary) {
        json.writeStartObject();
        json.writeStringProperty("name", output.name());
        json.writeStringProperty("datatype", output.type().name());
        json.writeName("shape");
        json.writeArray(output.shape(), 0, output.shape().length);
        if (binary) {
            json.writeObjectPropertyStart("parameters");
            json.writeNumberProperty("binary_data_size", output.data().readableBytes());
            json.writeEndObject();
        } else {
            json.writeName("data");
            new ElementWriter(json, output).flat();
        }
        json.writeEndObject();
    }

    private static void named(JsonGenerator json, List<Tensor> outputs) {
        json.writeStartObject();
        for (Tensor output : outputs) {
            json.writeName(output.name());
            new ElementWriter(json, output).nested();
        }
        json.writeEndObject();
    }

    private static boolean isBinary(InferRequest request, int output) {
        List<Asked> asked = request.outputs();
        return asked.isEmpty() ? request.binary() : asked.get(output).binary().orElse(request.binary());
    }

    private static void append(Tensor output, ByteBuf body) {
        body.writeBytes(
                output.data(), output.data().readerIndex(), output.data().readableBytes());
    }
}
