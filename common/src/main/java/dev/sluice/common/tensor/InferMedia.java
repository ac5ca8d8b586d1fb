package dev.sluice.common.tensor;

import java.util.OptionalInt;

/**
 * The media types of bodies with binary data. Over HTTP the protocol gives the length of a body's JSON part in a header; inside the
 * platform that length is a parameter of the media type, so that body and length stay together.
 */
public final class InferMedia {

    /** The whole body is the bytes of one tensor, unless a parameter says that JSON comes first. */
    public static final String BINARY = "application/octet-stream";

    private static final String PARAMETER = "json-length=";
    private static final String LENGTH = ";" + PARAMETER;

    private InferMedia() {}

    /** Of a body whose first bytes are JSON and the rest binary data. */
    public static String binary(int jsonLength) {
        return BINARY + LENGTH + jsonLength;
    }

    /** Whether a body is binary, with or without JSON in front. */
    public static boolean isBinary(String mediaType) {
        return mediaType.regionMatches(true, 0, BINARY, 0, BINARY.length());
    }

    /** Whether a body is a request or an answer of the protocol, rather than bytes of any kind. */
    public static boolean isRequest(String mediaType) {
        return mediaType.length() > BINARY.length() && isBinary(mediaType) && mediaType.contains(PARAMETER);
    }

    /** How long the JSON in front is; empty where the media type does not say that there is any. */
    public static OptionalInt jsonLength(String mediaType) {
        String plain = mediaType.replace(" ", "");
        int at = plain.indexOf(LENGTH);
        if (at < 0) {
            return OptionalInt.empty();
        }
        String text = plain.substring(at + LENGTH.length());
        if (!text.matches("[0-9]{1,9}")) {
            throw Invalid.input("The media type says json-length=" + text + ", which is no length.");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
