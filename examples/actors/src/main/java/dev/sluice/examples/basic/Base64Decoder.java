package dev.sluice.examples.basic;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.Content;
import java.util.Base64;

/** The bytes that a text in Base64 stands for: for what comes in JSON and goes to an actor that takes bytes. */
@Actor(
        value = "base64",
        idempotent = true,
        description = "per query: the bytes of a text in Base64, as media-type (image/png)")
public class Base64Decoder {

    private final String mediaType;

    public Base64Decoder(@Arg(value = "media-type", defaultValue = "image/png") String mediaType) {
        this.mediaType = mediaType;
    }

    public Content call(String text) {
        try {
            return new Content(Base64.getDecoder().decode(text), mediaType);
        } catch (IllegalArgumentException e) {
            throw new QueryException(ErrorCode.INVALID_INPUT, "The text is no Base64: " + e.getMessage() + ".");
        }
    }
}
