package dev.sluice.sdk;

import java.nio.charset.StandardCharsets;

/**
 * Bytes with a media type, for methods that take or return a body as it is.
 *
 * @param bytes the body; not copied, so it is not changed after it was returned
 * @param mediaType for instance {@code image/png}
 */
@SuppressWarnings("ArrayRecordComponent") // a value that passes through once, never compared
public record Content(byte[] bytes, String mediaType) {

    public static Content text(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8), "text/plain;charset=UTF-8");
    }
}
