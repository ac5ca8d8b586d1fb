package dev.sluice.sdk.tensor;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.TextModel;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/** Writes results as tensors to those who asked so. */
final class TextModelSink implements BatchSink {

    private final BatchSink sink;
    private final TextModel model;
    private final TextModel.@Nullable Query[] asked;
    private final int[] places;

    /**
     * @param asked by index here; null where the query came otherwise
     * @param places where each is in the other sink
     */
    TextModelSink(BatchSink sink, TextModel model, TextModel.@Nullable Query[] asked, int[] places) {
        this.sink = sink;
        this.model = model;
        this.asked = asked;
        this.places = places;
    }

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        TextModel.Query query = asked[index];
        if (query == null) {
            sink.result(places[index], body, mediaType);
            return;
        }
        InferResult result;
        try {
            result = model.write(query, body);
        } catch (QueryException refused) {
            sink.fail(places[index], refused.failure());
            return;
        } finally {
            body.release();
        }
        sink.result(places[index], result.body(), result.mediaType());
    }

    @Override
    public void streaming(int index, Subscription stream) {
        sink.streaming(places[index], stream);
    }

    /** A part of a body, in whatever form that is. */
    @Override
    public void item(int index, ByteBuf body, String mediaType) {
        sink.item(places[index], body, mediaType);
    }

    @Override
    public void complete(int index) {
        sink.complete(places[index]);
    }

    @Override
    public void fail(int index, Failure failure) {
        sink.fail(places[index], failure);
    }
}
