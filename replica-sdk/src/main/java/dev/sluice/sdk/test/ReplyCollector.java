package dev.sluice.sdk.test;

import dev.sluice.common.error.Failure;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Waits until every query of a batch has ended. */
final class ReplyCollector implements BatchSink {

    private final AtomicReferenceArray<Reply> replies;
    private final CountDownLatch open;
    private final JsonMapper json;

    ReplyCollector(int size, JsonMapper json) {
        this.replies = new AtomicReferenceArray<>(size);
        this.open = new CountDownLatch(size);
        this.json = json;
    }

    void await() throws InterruptedException {
        open.await();
    }

    List<Reply> replies() {
        return IntStream.range(0, replies.length()).mapToObj(replies::get).toList();
    }

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        end(index, Reply.of(content(body, mediaType), json));
    }

    @Override
    public void fail(int index, Failure failure) {
        end(index, Reply.failed(failure, json));
    }

    @Override
    public void item(int index, ByteBuf body, String mediaType) {
        body.release();
        throw new IllegalStateException("An item of a stream came where one result was awaited");
    }

    @Override
    public void complete(int index) {
        throw new IllegalStateException("A stream ended where one result was awaited");
    }

    static Content content(ByteBuf body, String mediaType) {
        try {
            return new Content(ByteBufUtil.getBytes(body), mediaType);
        } finally {
            body.release();
        }
    }

    private void end(int index, Reply reply) {
        if (!replies.compareAndSet(index, null, reply)) {
            throw new IllegalStateException("Query " + index + " of the batch ended twice");
        }
        open.countDown();
    }
}
