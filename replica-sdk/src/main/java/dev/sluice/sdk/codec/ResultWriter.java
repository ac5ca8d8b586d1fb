package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;

/**
 * Makes the body of an answer out of a value of one Java type. Whatever it throws, it leaves no buffer behind. Safe for
 * use by several threads.
 */
public abstract class ResultWriter {

    /** The body, which belongs to the caller. */
    public abstract ByteBuf write(Object value);

    /** The media type of the body that {@link #write} makes of this value. */
    public String mediaType(Object value) {
        return MediaTypes.JSON;
    }

    /** The body for an element of a primitive array, which is always JSON; without boxing. */
    public ByteBuf writeElement(Object array, int index) {
        throw new UnsupportedOperationException(getClass() + " is not of a primitive type");
    }
}
