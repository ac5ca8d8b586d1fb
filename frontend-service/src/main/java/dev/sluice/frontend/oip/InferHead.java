package dev.sluice.frontend.oip;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.envelope.JsonText;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the JSON of a request says to this frontend. The tensors in it stay as they are: its host reads them.
 *
 * @param id null where there is none, or one that is good for no header; its host repeats it all the same
 */
record InferHead(@Nullable String id, InferParameters parameters) {

    private static final Set<String> MEMBERS = Set.of("id", "parameters", "inputs");

    /**
     * Reads a part of a body to its last byte.
     *
     * @throws QueryException {@code INVALID_INPUT} for what is no request
     */
    static InferHead read(ByteBuf body, int start, int length) {
        return JsonText.read(body, start, start + length, InferHead::walk);
    }

    private static InferHead walk(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw noRequest("The body must be a JSON object");
        }
        String id = null;
        InferParameters parameters = InferParameters.NONE;
        boolean inputs = false;
        Set<String> seen = new HashSet<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (MEMBERS.contains(name) && !seen.add(name)) {
                throw QueryOptions.invalid("The body has the member " + name + " twice.");
            }
            switch (name) {
                case "id" -> id = id(json, value);
                case "parameters" -> parameters = InferParameters.read(json);
                case "inputs" -> {
                    inputs = value == JsonToken.START_ARRAY;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw QueryOptions.invalid(
                    "The body must be one JSON object; something follows its end. Binary data behind it"
                            + " needs the header Inference-Header-Content-Length.");
        }
        if (!inputs) {
            throw noRequest("The body has no array of inputs");
        }
        return new InferHead(id, parameters);
    }

    private static RuntimeException noRequest(String what) {
        return QueryOptions.invalid(
                what + "; a request looks like {\"inputs\": [{\"name\": \"input\", \"datatype\": \"FP32\","
                        + " \"shape\": [1, 2], \"data\": [1, 2]}]}.");
    }

    static @Nullable String id(JsonParser json, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw QueryOptions.invalid("id must be a string.");
        }
        String id = json.getString();
        return QueryOptions.isId(id) ? id : null;
    }
}
