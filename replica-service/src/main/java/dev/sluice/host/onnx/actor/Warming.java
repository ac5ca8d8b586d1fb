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
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a model with batches of 1, 2, 4, ... before it serves: so that it is warm, and to find out how many rows at once cost least. */
final class Warming {

    private static final Logger log = LoggerFactory.getLogger(Warming.class);
    private static final long LONG_ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of a size, of which the quickest counts: others may be held up by whatever else the machine does. */
    private static final int RUNS = 3;

    private final LoadedModel model;
    private final ModelContext context;

    Warming(LoadedModel model, ModelContext context) {
        this.model = model;
        this.context = context;
    }

    static void warm(LoadedModel model, ModelContext context) {
        long start = System.nanoTime();
        for (Example example : model.examples()) {
            int size = 1;
            while (size <= model.batching().mostRows() && System.nanoTime() - start < LONG_ENOUGH_NANOS) {
                new Warming(model, context).run(example, size, 1, System::nanoTime);
                size *= 2;
            }
        }
    }

    /**
     * How long so many rows take.
     *
     * @param clock in nanoseconds
     * @return of the quickest of some runs; -1 where they cannot be run
     */
    long nanos(Example example, int rows, LongSupplier clock) {
        return run(example, rows, RUNS, clock);
    }

    /** Whether queries may be larger than the examples: sizes are left open, beside the batch's dimension. */
    boolean isSmallest() {
        int[] axes = model.batching().axes().orElseThrow().inputs();
        for (int i = 0; i < axes.length; i++) {
            long[] shape = model.inputs().get(i).shape();
            for (int d = 0; d < shape.length; d++) {
                if (shape[d] < 0 && d != axes[i]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Of one row. */
    long elements(Example example) {
        ByteBuf body = body(example);
        try {
            ModelQuery query = new QueryReader(model, context).read(0, new Input(body, example.mediaType()));
            try {
                return query.elements();
            } finally {
                query.release();
            }
        } finally {
            body.release();
        }
    }

    private long run(Example example, int size, int runs, LongSupplier clock) {
        QueryReader reader = new QueryReader(model, context);
        List<ModelQuery> queries = new ArrayList<>();
        ByteBuf body = body(example);
        long quickest = Long.MAX_VALUE;
        try {
            for (int i = 0; i < size; i++) {
                queries.add(reader.read(i, new Input(body, example.mediaType())));
            }
            GroupRun group = new GroupRun(model, new Stacks(context.allocator()), null);
            for (int i = 0; i < runs; i++) {
                long start = clock.getAsLong();
                group.run(queries, (query, outputs) -> {});
                quickest = Math.min(quickest, clock.getAsLong() - start);
            }
        } catch (OrtException | QueryException e) {
            // It ran alone before; traffic will tell more.
            log.warn("A model could not be warmed up with {} queries at once: {}", size, e.getMessage());
            return -1;
        } finally {
            queries.forEach(ModelQuery::release);
            body.release();
        }
        return quickest;
    }

    private ByteBuf body(Example example) {
        return context.allocator().directBuffer(example.body().length).writeBytes(example.body());
    }
}
