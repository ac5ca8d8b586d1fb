package dev.sluice.frontend.websocket;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.message.JsonMembers;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Replies as JSON text. A result that is not JSON becomes a string (text) or base64 (anything else), followed by its media type.
 *
 * @param id of the query; null where the message had none that can be told
 */
record TextForm(@Nullable String id) implements SocketForm {

    @Override
    public WebSocketFrame answer(Answer answer) {
        return result(named().add("success", true), "result", answer);
    }

    @Override
    public WebSocketFrame item(Answer answer) {
        return result(named(), "item", answer);
    }

    @Override
    public WebSocketFrame done() {
        return text(named().add("success", true).add("done", true).end());
    }

    @Override
    public WebSocketFrame failed(Failure failure) {
        return text(named().add("success", false).add(failure).end());
    }

    private JsonMembers named() {
        return new JsonMembers().addIfPresent("id", id);
    }

    private static WebSocketFrame result(JsonMembers members, String key, Answer answer) {
        byte[] prefix = members.upTo(key);
        byte[] suffix = suffix(answer.mediaType());
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        ByteBuf result = JsonResult.asJson(allocator, answer);
        return new TextWebSocketFrame(allocator
                .compositeBuffer(3)
                .addComponent(true, Unpooled.wrappedBuffer(prefix))
                .addComponent(true, result)
                .addComponent(true, Unpooled.wrappedBuffer(suffix)));
    }

    private static byte[] suffix(String mediaType) {
        if (JsonResult.isJson(mediaType)) {
            return new byte[] {'}'};
        }
        String object =
                new String(new JsonMembers().add("media_type", mediaType).end(), StandardCharsets.UTF_8);
        return (", " + object.substring(1)).getBytes(StandardCharsets.UTF_8);
    }

    private static WebSocketFrame text(byte[] json) {
        return new TextWebSocketFrame(Unpooled.wrappedBuffer(json));
    }
}
