package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.host.sql.file.Parameter;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.codec.Codecs;
import dev.sluice.sdk.codec.InputReader;
import dev.sluice.sdk.codec.MediaTypes;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the input of a query: a JSON object with the parameters. Nothing of it ever becomes SQL. */
final class QueryReader {

    /** A parameter that is there twice is a mistake, and not the last one. No digit of a decimal is lost. */
    private static final InputReader JSON = new Codecs(
                    ByteBufAllocator.DEFAULT,
                    JsonMapper.builder()
                            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                            .build())
            .reader(JsonNode.class);

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final String expected;

    QueryReader(SqlFile file) {
        file.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
        expected = file.inputType();
    }

    /**
     * The values of all parameters, in the order of the file.
     *
     * @throws QueryException of {@code INVALID_INPUT}, with a sentence for the caller
     */
    Map<String, @Nullable Object> read(Input input) {
        // Who wants the result as bare bytes sends bare bytes; they are JSON all the same.
        String mediaType = input.mediaType().equals(MediaTypes.BYTES) ? MediaTypes.JSON : input.mediaType();
        Object read = JSON.read(input.body(), mediaType);
        if (!(read instanceof JsonNode query) || !query.isObject()) {
            throw refused("The input is no JSON object.");
        }
        for (String name : query.propertyNames()) {
            if (!parameters.containsKey(name)) {
                throw refused("There is no parameter '" + name + "'.");
            }
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters.values()) {
            values.put(parameter.name(), value(parameter, query.get(parameter.name())));
        }
        return values;
    }

    private @Nullable Object value(Parameter parameter, @Nullable JsonNode given) {
        if (given == null) {
            if (!parameter.optional()) {
                throw refused("The parameter '" + parameter.name() + "' is missing.");
            }
            return parameter.fallback();
        }
        if (given.isNull() && parameter.optional() && parameter.fallback() == null) {
            return null;
        }
        try {
            return parameter.type().read(given);
        } catch (IllegalArgumentException e) {
            String value = given.toString();
            throw refused("The parameter '" + parameter.name() + "' is "
                    + (value.length() > 40 ? value.substring(0, 40) + "..." : value) + ", and should be "
                    + e.getMessage() + ".");
        }
    }

    private QueryException refused(String why) {
        return new QueryException(
                ErrorCode.INVALID_INPUT,
                why + (parameters.isEmpty() ? " This query has no parameters: send {}." : " Send " + expected + "."));
    }
}
