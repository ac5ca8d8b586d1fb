package dev.sluice.sdk.test;

import dev.sluice.sdk.Content;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.codec.MediaTypes;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Values as they would travel. */
record Wire(ByteBufAllocator allocator, JsonMapper json) {

    Input input(@Nullable Object value) {
        if (value instanceof Content content) {
            return input(content.bytes(), content.mediaType());
        }
        return value instanceof byte[] bytes
                ? input(bytes, MediaTypes.BYTES)
                : input(json.writeValueAsBytes(value), MediaTypes.JSON);
    }

    private Input input(byte[] bytes, String mediaType) {
        return new Input(allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes), mediaType);
    }
}
