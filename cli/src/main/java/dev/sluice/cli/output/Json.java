package dev.sluice.cli.output;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as this program reads and writes it. What passes through keeps its numbers digit by digit. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Fails with a {@link JacksonException} where the text is not one JSON value. */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The same value, over several lines for people or on one line for programs. */
    public static String formatted(String text, boolean pretty) {
        StringWriter written = new StringWriter();
        try (JsonParser parser = MAPPER.createParser(text);
                JsonGenerator generator = pretty
                        ? MAPPER.writerWithDefaultPrettyPrinter().createGenerator(written)
                        : MAPPER.writer().createGenerator(written)) {
            while (parser.nextToken() != null) {
                copy(parser, generator);
            }
        }
        return written.toString();
    }

    /** The text of one member of an object, or null where it has none. */
    public static @Nullable String member(String object, String name) {
        try (JsonParser parser = MAPPER.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = name.equals(parser.currentName());
                parser.nextToken();
                StringWriter written = new StringWriter();
                try (JsonGenerator generator = MAPPER.writer().createGenerator(written)) {
                    copy(parser, generator);
                }
                if (wanted) {
                    return written.toString();
                }
            }
            return null;
        }
    }

    private static void copy(JsonParser parser, JsonGenerator generator) {
        generator.copyCurrentStructureExact(parser);
    }
}
