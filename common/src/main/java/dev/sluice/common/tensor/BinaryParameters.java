package dev.sluice.common.tensor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What "parameters" say of binary data; the rest of them is for others.
 *
 * @param size binary_data_size
 * @param asked binary_data, of an output
 * @param all binary_data_output, of the request
 */
record BinaryParameters(@Nullable Long size, Optional<Boolean> asked, Optional<Boolean> all) {

    static final BinaryParameters NONE = new BinaryParameters(null, Optional.empty(), Optional.empty());

    /** Of the object at the parser. */
    static BinaryParameters of(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Invalid.input("The parameters are no object.");
        }
        Long size = null;
        Optional<Boolean> asked = Optional.empty();
        Optional<Boolean> all = Optional.empty();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "binary_data_size" -> size = size(json);
                case "binary_data" -> asked = Optional.of(truth(json, name));
                case "binary_data_output" -> all = Optional.of(truth(json, name));
                default -> json.skipChildren();
            }
        }
        return new BinaryParameters(size, asked, all);
    }

    private static long size(JsonParser json) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
            throw Invalid.input("A binary_data_size is no size.");
        }
        return json.getLongValue();
    }

    private static boolean truth(JsonParser json, String name) {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw Invalid.input("The parameter " + name + " is neither true nor false.");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** -1 where there is none. */
    int dataSize(String input) {
        Long bytes = size;
        if (bytes == null) {
            return -1;
        }
        if (bytes > Integer.MAX_VALUE) {
            throw Invalid.input("The input '" + input + "' is to have " + bytes + " bytes of binary data.");
        }
        return bytes.intValue();
    }
}
