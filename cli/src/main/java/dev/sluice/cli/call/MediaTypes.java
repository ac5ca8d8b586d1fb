package dev.sluice.cli.call;

import dev.sluice.cli.output.Json;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What kind of thing some bytes are, as far as it matters for sending and printing them. */
final class MediaTypes {

    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    static final String BYTES = "application/octet-stream";
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String STANDARD_INPUT = "-";

    private MediaTypes() {}

    /** By the extension, or where that says nothing by the content. */
    static String guess(String name, byte[] bytes) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return JSON;
        }
        String byName = URLConnection.guessContentTypeFromName(lower);
        if (byName != null) {
            return byName;
        }
        if (name.equals(STANDARD_INPUT) && holdsJson(bytes)) {
            return JSON;
        }
        return text(bytes) == null ? BYTES : TEXT;
    }

    static boolean isJson(String mediaType) {
        String bare = bare(mediaType);
        return bare.equals(JSON) || bare.endsWith("+json");
    }

    static boolean isText(String mediaType) {
        String bare = bare(mediaType);
        return bare.startsWith("text/") || bare.equals("application/xml") || bare.endsWith("+xml");
    }

    static boolean isEvents(String mediaType) {
        return bare(mediaType).equals(EVENTS);
    }

    private static String bare(String mediaType) {
        int parameters = mediaType.indexOf(';');
        return (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean holdsJson(byte[] bytes) {
        String text = text(bytes);
        if (text == null || text.isBlank()) {
            return false;
        }
        try {
            return !Json.read(text).isMissingNode();
        } catch (JacksonException other) {
            return false;
        }
    }

    /** The bytes as UTF-8, or null where they are not. */
    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') >= 0 ? null : text;
        } catch (CharacterCodingException binary) {
            return null;
        }
    }
}
