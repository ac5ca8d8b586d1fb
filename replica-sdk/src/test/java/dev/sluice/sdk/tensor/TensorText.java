package dev.sluice.sdk.tensor;

import dev.sluice.sdk.Content;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the only tensor of a body holds, read without the reader that is tested: element by element. */
final class TensorText {

    private TensorText() {}

    /** @param tensors {@code inputs} of a request, {@code outputs} of an answer */
    static List<String> of(Content body, String tensors) {
        int length = jsonLength(body);
        JsonNode tensor = JsonMapper.shared()
                .readTree(new String(body.bytes(), 0, length, StandardCharsets.UTF_8))
                .path(tensors)
                .path(0);
        List<String> elements = new ArrayList<>();
        if (tensor.has("data")) {
            addAll(tensor.path("data"), elements);
            return elements;
        }
        ByteBuffer data = ByteBuffer.wrap(body.bytes(), length, body.bytes().length - length)
                .order(ByteOrder.LITTLE_ENDIAN);
        boolean texts = tensor.path("datatype").asString().equals("BYTES");
        while (data.hasRemaining()) {
            elements.add(texts ? text(data) : Long.toString(data.getLong()));
        }
        return elements;
    }

    private static String text(ByteBuffer data) {
        byte[] text = new byte[data.getInt()];
        data.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int jsonLength(Content body) {
        if (body.mediaType().equals("application/json")) {
            return body.bytes().length;
        }
        return Integer.parseInt(body.mediaType().replaceFirst(".*json-length=", ""));
    }

    private static void addAll(JsonNode data, List<String> elements) {
        for (JsonNode each : data) {
            if (each.isArray()) {
                addAll(each, elements);
            } else {
                elements.add(
                        each.isNumber() ? each.decimalValue().toBigInteger().toString() : each.asString());
            }
        }
    }
}
