package dev.sluice.frontend.websocket;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.message.JsonMembers;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Replies as bytes: four of them say how long the JSON header is, most significant first, then that, then the result as it is.
 *
 * @param id of the query; null where the message had none that can be told
 */
record BinaryForm(@Nullable String id) implements SocketForm {

    @Override
    public WebSocketFrame answer(Answer answer) {
        return frame(named().add("success", true).add("media_type", answer.mediaType()), answer.body());
    }

    @Override
    public WebSocketFrame item(Answer answer) {
        return frame(named().add("item", true).add("media_type", answer.mediaType()), answer.body());
    }

    @Override
    public WebSocketFrame done() {
        return frame(named().add("success", true).add("done", true), Unpooled.EMPTY_BUFFER);
    }

    @Override
    public WebSocketFrame failed(Failure failure) {
        return frame(named().add("success", false).add(failure), Unpooled.EMPTY_BUFFER);
    }

    private JsonMembers named() {
        return new JsonMembers().addIfPresent("id", id);
    }

    private static WebSocketFrame frame(JsonMembers members, ByteBuf payload) {
        byte[] header = members.end();
        ByteBuf head = ByteBufAllocator.DEFAULT
                .buffer(Integer.BYTES + header.length)
                .writeInt(header.length)
                .writeBytes(header);
        return new BinaryWebSocketFrame(ByteBufAllocator.DEFAULT
                .compositeBuffer(2)
                .addComponent(true, head)
                .addComponent(true, payload));
    }
}
