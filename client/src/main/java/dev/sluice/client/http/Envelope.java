package dev.sluice.client.http;

import dev.sluice.client.transport.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The envelope in which native HTTP has JSON; what is in it is passed on as it is, not parsed and written anew. */
final class Envelope {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] START = "{\"input\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {'}'};

    private Envelope() {}

    static List<ByteBuffer> around(Content json) {
        return List.of(ByteBuffer.wrap(START), json.data(), ByteBuffer.wrap(END));
    }

    /** The result in an answer; one that is not JSON is there as a text or as base64. */
    static Content result(byte[] answer) {
        Span result = null;
        String mediaType = null;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is no object.");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("result")) {
                    result = Span.of(json, value);
                } else if (name.equals("media_type")) {
                    mediaType = json.getString();
                } else {
                    json.skipChildren();
                }
            }
        }
        if (result == null) {
            throw new IllegalArgumentException("it has no result.");
        }
        return mediaType == null ? result.json(answer) : result.decoded(mediaType);
    }

    /**
     * Where a value lies.
     *
     * @param text of a string, else null
     */
    private record Span(int from, int to, @Nullable String text) {

        static Span of(JsonParser json, JsonToken value) {
            int from = (int) json.currentTokenLocation().getByteOffset();
            String text = value == JsonToken.VALUE_STRING ? json.getString() : null;
            json.skipChildren();
            json.finishToken();
            return new Span(from, (int) json.currentLocation().getByteOffset(), text);
        }

        Content json(byte[] answer) {
            return Content.of(ByteBuffer.wrap(answer, from, to - from), Content.JSON);
        }

        Content decoded(String mediaType) {
            if (text == null) {
                throw new IllegalArgumentException("its result is " + mediaType + " and no string.");
            }
            return mediaType.regionMatches(true, 0, "text/", 0, 5)
                    ? Content.of(text.getBytes(StandardCharsets.UTF_8), mediaType)
                    : Content.of(Base64.getDecoder().decode(text), mediaType);
        }
    }
}
