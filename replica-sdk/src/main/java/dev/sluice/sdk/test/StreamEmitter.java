package dev.sluice.sdk.test;

import dev.sluice.common.error.Failure;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CountDownLatch;
import org.reactivestreams.Subscription;
import reactor.core.publisher.FluxSink;
import tools.jackson.databind.json.JsonMapper;

/** Passes on the items of one streaming query, at the pace of who subscribed. */
final class StreamEmitter implements BatchSink {

    private final FluxSink<Reply> subscriber;
    private final JsonMapper json;
    private final CountDownLatch open = new CountDownLatch(1);

    StreamEmitter(FluxSink<Reply> subscriber, JsonMapper json) {
        this.subscriber = subscriber;
        this.json = json;
    }

    void await() throws InterruptedException {
        open.await();
    }

    @Override
    public void streaming(int index, Subscription stream) {
        subscriber.onRequest(stream::request);
        subscriber.onCancel(stream::cancel);
    }

    @Override
    public void item(int index, ByteBuf body, String mediaType) {
        subscriber.next(Reply.of(ReplyCollector.content(body, mediaType), json));
    }

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        item(index, body, mediaType);
        complete(index);
    }

    @Override
    public void complete(int index) {
        open.countDown();
        subscriber.complete();
    }

    @Override
    public void fail(int index, Failure failure) {
        open.countDown();
        subscriber.error(failure.toException());
    }
}
