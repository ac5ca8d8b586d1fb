package dev.sluice.sdk.host;

import dev.sluice.common.error.Failure;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;

/** Where some queries of a batch ended before it ran: gives those that did run their places among all. */
record PlacedSink(BatchSink all, int[] places) implements BatchSink {

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        all.result(places[index], body, mediaType);
    }

    @Override
    public void streaming(int index, Subscription stream) {
        all.streaming(places[index], stream);
    }

    @Override
    public void item(int index, ByteBuf body, String mediaType) {
        all.item(places[index], body, mediaType);
    }

    @Override
    public void complete(int index) {
        all.complete(places[index]);
    }

    @Override
    public void fail(int index, Failure failure) {
        all.fail(places[index], failure);
    }
}
