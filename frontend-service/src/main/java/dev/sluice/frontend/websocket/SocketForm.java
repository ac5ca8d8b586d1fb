package dev.sluice.frontend.websocket;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** How replies to one query look: text to a text message, binary to a binary one. */
interface SocketForm {

    /** The only result; takes its body over. */
    WebSocketFrame answer(Answer answer);

    /** One of several results; takes its body over. */
    WebSocketFrame item(Answer answer);

    /** After the last of several results. */
    WebSocketFrame done();

    WebSocketFrame failed(Failure failure);
}
