package dev.sluice.client;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.transport.Content;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON, and back. */
final class JsonCodec {

    private static final int MOST_CHARACTERS = 100;
    private static final JsonFactory VALUES = new JsonFactory();

    private final JsonMapper json;

    JsonCodec(JsonMapper json) {
        this.json = json;
    }

    JavaType type(Class<?> type) {
        return json.constructType(type);
    }

    JavaType type(tools.jackson.core.type.TypeReference<?> type) {
        return json.constructType(type);
    }

    /** @throws IllegalArgumentException where it cannot be written */
    Content write(@Nullable Object input) {
        if (input instanceof Content) {
            throw new IllegalArgumentException(
                    "A Content is a body of its own media type, not a value for JSON: hand it to send().");
        }
        try {
            return Content.of(json.writeValueAsBytes(input), Content.JSON);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "The input, a " + (input == null ? "null" : input.getClass().getName())
                            + ", cannot be written as JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    /**
     * What the platform gets is put into an envelope as it is, and more than one value would be more members of that.
     *
     * @throws IllegalArgumentException where it is not one value in UTF-8
     */
    static void requireOneValue(Content input) {
        Reader text = new InputStreamReader(
                new ByteBufInputStream(Unpooled.wrappedBuffer(input.data())), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = VALUES.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("The input says that it is JSON, and is empty.");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("The input is more than one JSON value; send a list of them.");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "The input says that it is JSON, and is not: " + e.getOriginalMessage(), e);
        }
    }

    /** Empty for null. */
    <T> Optional<T> read(Content result, JavaType type, String actor) {
        if (!result.isJson()) {
            return Optional.of(text(result, type, actor));
        }
        try {
            return Optional.ofNullable(json.readValue(result.bytes(), type));
        } catch (RuntimeException e) {
            // Jackson's, or whatever the type's own code throws.
            throw new SluiceException(
                    ErrorCode.FAILED,
                    "The result of " + actor + ", " + shortened(result.text()) + ", is no " + type.toCanonical() + ": "
                            + (e instanceof JacksonException known ? known.getOriginalMessage() : e),
                    null,
                    e);
        }
    }

    /** Texts may be had as strings, and any bytes as an array. */
    @SuppressWarnings("unchecked") // as the type says
    private static <T> T text(Content result, JavaType type, String actor) {
        if (type.hasRawClass(byte[].class)) {
            return (T) result.bytes();
        }
        if (type.hasRawClass(String.class) && result.mediaType().regionMatches(true, 0, "text/", 0, "text/".length())) {
            return (T) result.text();
        }
        throw new SluiceException(
                ErrorCode.FAILED,
                "The result of " + actor + " is " + result + " and not JSON: call it for a byte[], or with send().");
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
