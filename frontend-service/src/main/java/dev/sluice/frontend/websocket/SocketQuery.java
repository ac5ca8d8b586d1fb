package dev.sluice.frontend.websocket;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.message.MessageQuery;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** A query in flight on a socket. The results of a streaming method are replies of their own. */
final class SocketQuery extends MessageQuery {

    /** Results of a stream that may be on their way to the client. */
    static final int WINDOW = 8;

    private static final Failure NO_RESULT = new Failure(ErrorCode.FAILED, "The query ended without a result.");
    private static final Failure STOPPING =
            new Failure(ErrorCode.UNAVAILABLE, "This frontend is stopping; ask again to reach another one.");

    private final SocketReplies replies;
    private final SocketForm form;
    private final boolean streams;

    SocketQuery(
            EventLoop loop, QueryLabel label, SocketReplies replies, SocketForm form, boolean streams, Runnable onEnd) {
        super(loop, label, onEnd);
        this.replies = replies;
        this.form = form;
        this.streams = streams;
    }

    @Override
    protected long demand() {
        return streams ? WINDOW : Long.MAX_VALUE;
    }

    @Override
    protected void answered(Answer answer) {
        if (streams) {
            replies.send(form.item(answer), () -> request(1));
        } else {
            replies.send(form.answer(answer));
            finish();
        }
    }

    @Override
    protected void ended(@Nullable Failure why) {
        if (why != null) {
            replies.send(form.failed(why));
        } else {
            replies.send(streams ? form.done() : form.failed(NO_RESULT));
        }
    }

    /** The client asks to give it up, and is told that it was. */
    void cancel() {
        if (!isOver()) {
            replies.send(form.failed(CANCELLED));
            finish();
        }
    }

    /** Ends a stream for a stop of the frontend. */
    void stop() {
        if (streams && !isOver()) {
            replies.send(form.failed(STOPPING));
            finish();
        }
    }
}
