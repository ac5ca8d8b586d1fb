package dev.sluice.sdk.codec;

import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of one Java type out of the body of a query. Reads the body without moving its indices and keeps nothing
 * of it. Safe for use by several threads.
 */
public abstract class InputReader {

    /**
     * @return the value; null only for a JSON {@code null} where the type is not primitive
     * @throws QueryException with {@code INVALID_INPUT} and a sentence for the caller
     */
    public abstract @Nullable Object read(ByteBuf body, String mediaType);

    /**
     * Reads into an element of an array of this type; without boxing where that is primitive.
     *
     * @throws QueryException as {@link #read}
     */
    public void readInto(Object array, int index, ByteBuf body, String mediaType) {
        @Nullable Object[] values = (@Nullable Object[]) array;
        values[index] = read(body, mediaType);
    }
}
