package dev.sluice.sdk.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** As much of media types as codecs need. Written for the hot path: the usual ones are recognised without parsing. */
public final class MediaTypes {

    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain;charset=UTF-8";
    public static final String BYTES = "application/octet-stream";

    private static final String CHARSET = "charset=";

    private MediaTypes() {}

    /** {@code application/json}, {@code text/json} and everything that ends in {@code +json}. */
    public static boolean isJson(String mediaType) {
        if (mediaType.equals(JSON)) {
            return true;
        }
        String essence = essence(mediaType);
        return essence.equals(JSON) || essence.equals("text/json") || essence.endsWith("+json");
    }

    /** {@code text/*}, but not {@code text/json}. */
    public static boolean isText(String mediaType) {
        return essence(mediaType).startsWith("text/") && !isJson(mediaType);
    }

    /** The character set that a media type names, UTF-8 where it names none, empty where it names one unknown here. */
    public static Optional<Charset> charset(String mediaType) {
        for (String parameter : mediaType.substring(essenceEnd(mediaType)).split(";", -1)) {
            String trimmed = parameter.trim();
            if (trimmed.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
                return named(
                        trimmed.substring(CHARSET.length()).replace("\"", "").trim());
            }
        }
        return Optional.of(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> named(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static String essence(String mediaType) {
        return mediaType.substring(0, essenceEnd(mediaType)).trim().toLowerCase(Locale.ROOT);
    }

    private static int essenceEnd(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return semicolon < 0 ? mediaType.length() : semicolon;
    }
}
