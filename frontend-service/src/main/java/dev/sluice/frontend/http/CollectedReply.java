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
 * Collects the answers of a streaming method into one JSON array, for a caller that did not ask for an event stream.
 * Everything here runs on the connection's event loop.
 */
final class CollectedReply implements CoreSubscriber<Answer>, Reply {

    private final Outcome outcome;
    private final ByteBufAllocator allocator;
    private final long limit;
    private @Nullable Subscription upstream;
    private @Nullable CompositeByteBuf array;
    private boolean ended;

    CollectedReply(Outcome outcome, ByteBufAllocator allocator, long limit) {
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
        ByteBuf item = JsonResult.asJson(allocator, answer);
        CompositeByteBuf items = array == null ? array = allocator.compositeBuffer(Integer.MAX_VALUE) : array;
        items.addComponent(true, ascii(items.isReadable() ? ", " : "["));
        items.addComponent(true, item);
        if (items.readableBytes() > limit) {
            cancel();
            outcome.failed(new QueryException(
                    ErrorCode.TOO_LARGE,
                    "The results add up to more than " + limit
                            + " bytes; ask for them one by one with the header Accept: text/event-stream."));
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
            ByteBuf all = items == null ? ascii("[]") : items.addComponent(true, ascii("]"));
            outcome.answered(new Answer(all, JsonResult.JSON));
        }
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
