package dev.sluice.client.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Bytes and what they are. */
public final class Content {

    /** The media type of JSON. */
    public static final String JSON = "application/json";

    private final ByteBuffer data;
    private final String mediaType;

    private Content(ByteBuffer data, String mediaType) {
        this.data = data;
        this.mediaType = Objects.requireNonNull(mediaType, "A body has a media type, such as image/png.");
        if (!mediaType.matches("[!-~]+/[!-~]([ -~]*[!-~])?")) {
            throw new IllegalArgumentException("\"" + mediaType
                    + "\" is no media type; it is written like image/png or text/plain;charset=utf-8.");
        }
    }

    /** Not copied: nobody may change them. */
    public static Content of(byte[] bytes, String mediaType) {
        return new Content(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), mediaType);
    }

    /** What is between the buffer's position and its limit, not copied. */
    public static Content of(ByteBuffer bytes, String mediaType) {
        return new Content(bytes.slice().asReadOnlyBuffer(), mediaType);
    }

    /** A text in UTF-8. */
    public static Content text(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), "text/plain;charset=utf-8");
    }

    public String mediaType() {
        return mediaType;
    }

    public boolean isJson() {
        String lower = mediaType.toLowerCase(Locale.ROOT);
        return lower.equals(JSON) || lower.startsWith(JSON + ";") || lower.startsWith(JSON + " ");
    }

    /** Read-only; a view of its own for each caller. */
    public ByteBuffer data() {
        return data.duplicate();
    }

    /** A copy. */
    public byte[] bytes() {
        byte[] bytes = new byte[data.remaining()];
        data().get(bytes);
        return bytes;
    }

    /** As UTF-8. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return data.remaining() + " bytes of " + mediaType;
    }
}
