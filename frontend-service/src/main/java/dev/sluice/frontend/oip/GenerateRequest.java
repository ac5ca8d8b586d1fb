package dev.sluice.frontend.oip;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.envelope.JsonText;
import dev.sluice.frontend.http.envelope.MemberSpan;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A request to generate: a JSON object with the model's input, which may be any JSON, and what this frontend is to know.
 *
 * @param inputStart where the input's JSON starts, an index of the body's buffer
 * @param inputEnd where it ends, exclusive
 * @param asText whether the input is called {@code text_input}, so that the output is to be called {@code text_output}
 * @param id the caller's, as it is to be repeated; null where there is none
 */
record GenerateRequest(
        int inputStart,
        int inputEnd,
        boolean asText,
        @Nullable String id,
        InferParameters parameters) {

    static final String TEXT_INPUT = "text_input";

    /** @throws QueryException {@code INVALID_INPUT} for what is no request */
    static GenerateRequest read(ByteBuf body, Model model) {
        if (model.inputs().size() != 1) {
            throw QueryOptions.invalid(
                    "The model " + model.name() + " has " + model.inputs().size() + " inputs; ask it by infer.");
        }
        String input = model.inputs().get(0).name();
        int start = JsonText.start(body);
        return JsonText.read(
                body, start, body.writerIndex(), json -> walk(json, new MemberSpan(json, body, start), input));
    }

    private static GenerateRequest walk(JsonParser json, MemberSpan span, String inputName) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw QueryOptions.invalid("The body must be a JSON object like {\"" + TEXT_INPUT + "\": \"...\"}.");
        }
        boolean asText = false;
        String id = null;
        InferParameters parameters = InferParameters.NONE;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            span.atName();
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(TEXT_INPUT) || name.equals(inputName)) {
                if (span.isFound()) {
                    throw QueryOptions.invalid("The input is there twice.");
                }
                asText = name.equals(TEXT_INPUT);
                span.begins();
                json.skipChildren();
            } else if (name.equals("id")) {
                id = id(json, value);
            } else if (name.equals("parameters")) {
                parameters = InferParameters.read(json);
            } else {
                throw QueryOptions.invalid("The member " + shortened(name) + " is not known; there are " + TEXT_INPUT
                        + " or " + inputName + ", id and parameters.");
            }
        }
        int end = span.position();
        if (json.nextToken() != null) {
            throw QueryOptions.invalid("The body must be one JSON object; something follows its end.");
        }
        if (!span.isFound()) {
            throw QueryOptions.invalid(
                    "The member " + TEXT_INPUT + " is missing; a body looks like {\"" + TEXT_INPUT + "\": \"...\"}.");
        }
        return new GenerateRequest(span.start(), span.end(end), asText, id, parameters);
    }

    private static @Nullable String id(JsonParser json, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw QueryOptions.invalid("id must be a string.");
        }
        return json.getString();
    }

    private static String shortened(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "..." : name;
    }
}
