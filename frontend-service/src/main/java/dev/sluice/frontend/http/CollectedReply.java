package dev.sluice.frontend.http;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Collects the answers of a streaming method into one JSON array, or one body where they are its pieces, for a caller that did not
 * ask for a stream.
 * Everything here runs on the connection's event loop.
 */
final class CollectedReply implements CoreSubscriber<Answer>, Reply {

    private final Outcome outcome;
    private final ByteBufAllocator allocator;
    private final long limit;
    private final @Nullable String pieces;
    private final String instead;
    private @Nullable Subscription upstream;
    private @Nullable CompositeByteBuf array;
    private boolean ended;

    /**
     * @param pieces the media type of the body that the answers are pieces of; null: each is a result of its own
     * @param instead how to ask for answers that are too many; the end of a sentence
     */
    CollectedReply(Outcome outcome, ByteBufAllocator allocator, long limit, @Nullable String pieces, String instead) {
        this.instead = instead;
        this.pieces = pieces;
        this.outcome = outcome;
        this.allocator = allocator;
        this.limit = limit;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Answer answer) {
        if (ended) {
            answer.body().release();
            return;
        }
        CompositeByteBuf items = array == null ? array = allocator.compositeBuffer(Integer.MAX_VALUE) : array;
        if (pieces == null) {
            ByteBuf item = JsonResult.asJson(allocator, answer);
            items.addComponent(true, ascii(items.isReadable() ? ", " : "["));
            items.addComponent(true, item);
        } else {
            items.addComponent(true, answer.body());
        }
        if (items.readableBytes() > limit) {
            cancel();
            outcome.failed(new QueryException(
                    ErrorCode.TOO_LARGE,
                    "The results add up to more than " + limit + " bytes; ask for them " + instead));
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!ended) {
            discard();
            outcome.failed(cause);
        }
    }

    @Override
    public void onComplete() {
        if (!ended) {
            ended = true;
            CompositeByteBuf items = array;
            array = null;
            outcome.answered(pieces == null ? array(items) : body(items, pieces));
        }
    }

    private static Answer array(@Nullable CompositeByteBuf items) {
        ByteBuf all = items == null ? ascii("[]") : items.addComponent(true, ascii("]"));
        return new Answer(all, JsonResult.JSON);
    }

    private static Answer body(@Nullable CompositeByteBuf items, String mediaType) {
        return new Answer(items == null ? Unpooled.EMPTY_BUFFER : items, mediaType);
    }

    @Override
    public void cancel() {
        discard();
        if (upstream != null) {
            upstream.cancel();
        }
    }

    private void discard() {
        ended = true;
        if (array != null) {
            array.release();
            array = null;
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.US_ASCII);
    }
}
