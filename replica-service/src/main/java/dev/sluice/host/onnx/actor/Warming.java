package dev.sluice.host.onnx.actor;

import ai.onnxruntime.OrtException;
import dev.sluice.common.error.QueryException;
import dev.sluice.host.onnx.batch.Stacks;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.Input;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a model with batches of 1, 2, 4, ... before it takes the place of another. */
final class Warming {

    private static final Logger log = LoggerFactory.getLogger(Warming.class);
    private static final long LONG_ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Warming() {}

    static void warm(LoadedModel model, ModelContext context) {
        long start = System.nanoTime();
        for (Example example : model.examples()) {
            int size = 1;
            while (size <= model.batching().mostRows() && System.nanoTime() - start < LONG_ENOUGH_NANOS) {
                run(model, example, size, context);
                size *= 2;
            }
        }
    }

    private static void run(LoadedModel model, Example example, int size, ModelContext context) {
        QueryReader reader = new QueryReader(model, context.allocator());
        List<ModelQuery> queries = new ArrayList<>();
        ByteBuf body = context.allocator().directBuffer(example.body().length).writeBytes(example.body());
        try {
            for (int i = 0; i < size; i++) {
                queries.add(reader.read(i, new Input(body, example.mediaType())));
            }
            new GroupRun(model, new Stacks(context.allocator())).run(queries, (query, outputs) -> {});
        } catch (OrtException | QueryException e) {
            // It ran alone before; traffic will tell more.
            log.warn("A model could not be warmed up with {} queries at once: {}", size, e.getMessage());
        } finally {
            queries.forEach(ModelQuery::release);
            body.release();
        }
    }
}
