package dev.sluice.sdk.actor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * An input to run a method with before there is traffic.
 *
 * @param method of the actor
 * @param body its bytes, not to be changed
 * @param mediaType of the body
 */
public record Example(String method, byte[] body, String mediaType) {

    /** One query's input; each call gives another buffer over the same bytes. */
    public Input input() {
        ByteBuf bytes = Unpooled.wrappedBuffer(body);
        return new Input(bytes, mediaType);
    }
}
