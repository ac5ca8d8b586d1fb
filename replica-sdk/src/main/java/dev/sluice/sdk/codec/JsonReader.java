package dev.sluice.sdk.codec;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/** A value of any type out of JSON. */
class JsonReader extends InputReader {

    private final ObjectReader reader;
    private final String type;

    JsonReader(ObjectReader reader, String type) {
        this.reader = reader;
        this.type = type;
    }

    @Override
    public @Nullable Object read(ByteBuf body, String mediaType) {
        requireJson(mediaType);
        return parse(body);
    }

    final void requireJson(String mediaType) {
        if (!MediaTypes.isJson(mediaType)) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The input is a " + type + ", written as " + MediaTypes.JSON + "; it came as \"" + mediaType
                            + "\".");
        }
    }

    final @Nullable Object parse(ByteBuf body) {
        if (!body.isReadable()) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT, "The input is empty; a " + type + " in JSON was expected.");
        }
        try {
            return body.hasArray()
                    ? reader.readValue(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes())
                    : reader.readValue((InputStream) new ByteBufInputStream(body.duplicate()));
        } catch (JacksonException wrong) {
            throw JsonFailures.failure(wrong, type).toException();
        } catch (NumberFormatException wrong) {
            // Of numbers with an exponent beyond all reckoning the parser says it in this way.
            throw new QueryException(
                    ErrorCode.INVALID_INPUT, "The input has a number that is too large to be read as a " + type + ".");
        }
    }
}
