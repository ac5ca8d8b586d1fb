package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The results of a streaming method in one reply: a JSON array, or one body where they are its pieces. */
final class CollectedQuery extends ClientQuery {

    /** Results that may wait for the socket's thread. */
    private static final int WINDOW = 64;

    /** What it may keep. @param most bytes of one query. @param all what is counted for all clients */
    record Limits(long most, RetainedBytes all) {}

    private static final Failure FULL = new Failure(
            ErrorCode.OVERLOADED,
            "This frontend holds as many bytes of replies as it may (sluice.frontend.zmq.max-unsent); ask later.",
            1_000);

    private final Limits limits;
    private final @Nullable String pieces;
    private @Nullable CompositeByteBuf collected;
    private long held;

    /** @param pieces the media type of the body that the results are pieces of; null: each is a result of its own */
    CollectedQuery(
            Executor socketThread,
            QueryLabel label,
            Recipient recipient,
            Runnable onEnd,
            Limits limits,
            @Nullable String pieces) {
        super(socketThread, label, recipient, onEnd);
        this.limits = limits;
        this.pieces = pieces;
    }

    @Override
    protected long demand() {
        return WINDOW;
    }

    @Override
    protected void answered(Answer answer) {
        ByteBuf item = pieces == null ? JsonResult.asJson(ByteBufAllocator.DEFAULT, answer) : answer.body();
        long size = item.readableBytes() + 2L;
        if (held + size > limits.most) {
            item.release();
            finish();
            recipient.failed(new Failure(
                    ErrorCode.TOO_LARGE,
                    "The results add up to more than " + limits.most
                            + " bytes; ask for them one by one with \"stream\": true from a DEALER."));
        } else if (!limits.all.take(size)) {
            item.release();
            finish();
            recipient.failed(FULL);
        } else {
            held += size;
            CompositeByteBuf items = collected == null
                    ? collected = ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE)
                    : collected;
            if (pieces == null) {
                items.addComponent(true, ascii(items.isReadable() ? ", " : "["));
            }
            items.addComponent(true, item);
            request(1);
        }
    }

    @Override
    protected void ended(@Nullable Failure why) {
        if (why != null) {
            discard();
            recipient.failed(why);
            return;
        }
        CompositeByteBuf items = collected;
        collected = null;
        // What was counted as collected is counted as unsent from now on.
        limits.all.give(held);
        held = 0;
        recipient.answer(pieces == null ? array(items) : new Answer(whole(items), pieces));
    }

    private static Answer array(@Nullable CompositeByteBuf items) {
        return new Answer(items == null ? ascii("[]") : items.addComponent(true, ascii("]")), JsonResult.JSON);
    }

    private static ByteBuf whole(@Nullable CompositeByteBuf items) {
        return items == null ? Unpooled.EMPTY_BUFFER : items;
    }

    @Override
    protected void discard() {
        limits.all.give(held);
        held = 0;
        if (collected != null) {
            collected.release();
            collected = null;
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
