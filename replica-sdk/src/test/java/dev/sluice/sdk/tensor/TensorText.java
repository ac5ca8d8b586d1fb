package dev.sluice.sdk.tensor;

import dev.sluice.sdk.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the only tensor of a body holds, read without the reader that is tested: of JSON its elements, else its bytes. */
final class TensorText {

    private TensorText() {}

    /** @param tensors {@code inputs} of a request, {@code outputs} of an answer */
    static List<String> of(Content body, String tensors) {
        int length = jsonLength(body);
        if (length == 0) {
            return hex(body.bytes(), 0);
        }
        JsonNode tensor = JsonMapper.shared()
                .readTree(new String(body.bytes(), 0, length, StandardCharsets.UTF_8))
                .path(tensors)
                .path(0);
        return tensor.has("data") ? elements(tensor.path("data"), new ArrayList<>()) : hex(body.bytes(), length);
    }

    private static int jsonLength(Content body) {
        if (body.mediaType().equals("application/json")) {
            return body.bytes().length;
        }
        String length = body.mediaType().replaceFirst("[^=]*(=|$)", "");
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static List<String> elements(JsonNode data, List<String> all) {
        for (JsonNode each : data) {
            if (each.isArray()) {
                elements(each, all);
            } else {
                all.add(each.isNumber() ? each.decimalValue().toBigInteger().toString() : each.asString());
            }
        }
        return all;
    }

    private static List<String> hex(byte[] bytes, int from) {
        return List.of(HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, bytes.length)));
    }
}
