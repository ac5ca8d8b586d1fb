package dev.sluice.frontend.http;

import dev.sluice.frontend.http.envelope.JsonResult;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request's Content-Type and Accept mean to the native protocol. */
final class MediaTypes {

    static final String EVENT_STREAM = "text/event-stream";
    static final String FORM = "application/x-www-form-urlencoded";

    private MediaTypes() {}

    /** How a body is to be read. */
    enum BodyKind {
        ENVELOPE,
        /** What curl says of a JSON body unless told otherwise: an envelope if it starts like one. */
        FORM,
        BARE,
        /** JSON in another encoding than UTF-8. */
        FOREIGN_JSON
    }

    static BodyKind bodyKind(@Nullable String contentType) {
        if (contentType == null || contentType.equals(JsonResult.JSON) || contentType.isBlank()) {
            return BodyKind.ENVELOPE;
        }
        if (JsonResult.isJson(contentType)) {
            return hasForeignCharset(contentType) ? BodyKind.FOREIGN_JSON : BodyKind.ENVELOPE;
        }
        return contentType.regionMatches(true, 0, FORM, 0, FORM.length()) ? BodyKind.FORM : BodyKind.BARE;
    }

    private static boolean hasForeignCharset(String contentType) {
        String lower = contentType.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("charset=");
        if (at < 0) {
            return false;
        }
        String charset =
                lower.substring(at + "charset=".length()).replace("\"", "").strip();
        return !(charset.startsWith("utf-8") || charset.startsWith("utf8") || charset.startsWith("us-ascii"));
    }

    static boolean startsLikeAnObject(ByteBuf body) {
        for (int i = body.readerIndex(); i < body.writerIndex(); i++) {
            byte b = body.getByte(i);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    /** Whether an Accept names this media type, and not only a pattern that it fits. */
    static boolean accepts(String accept, String mediaType) {
        for (String range : accept.split(",", -1)) {
            if (range.split(";", -1)[0].strip().equalsIgnoreCase(mediaType)) {
                return true;
            }
        }
        return false;
    }

    static boolean acceptsEvents(@Nullable String accept) {
        return accept != null
                && accept.length() >= EVENT_STREAM.length()
                && accept.toLowerCase(Locale.ROOT).contains(EVENT_STREAM);
    }
}
