package dev.sluice.host.onnx.actor;

import dev.sluice.common.tensor.InferRequests;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.onnx.batch.BatchTrial;
import dev.sluice.host.onnx.batch.Batching;
import dev.sluice.host.onnx.session.ModelSession;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.host.onnx.settings.ModelConfig;
import dev.sluice.sdk.actor.Example;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in memory and what is known of it. Belongs to who loaded it and to every batch that runs; the last of them that lets go
 * closes it. Thread-safe.
 */
final class LoadedModel {

    private static final Logger log = LoggerFactory.getLogger(LoadedModel.class);

    private final ModelSession session;
    private final ModelConfig config;
    private final List<TensorSpec> inputs;
    private final Batching batching;
    private final List<Example> examples;
    private final Division division;
    private final AtomicInteger users = new AtomicInteger(1);

    private LoadedModel(
            ModelSession session,
            ModelConfig config,
            List<TensorSpec> inputs,
            Batching batching,
            List<Example> examples,
            Division division) {
        this.session = session;
        this.config = config;
        this.inputs = inputs;
        this.batching = batching;
        this.examples = examples;
        this.division = division;
    }

    /** The same, computed in another way; not to be used any more once the other is. */
    LoadedModel with(ModelSession other, Division way) {
        return new LoadedModel(other, config, inputs, batching, examples, way);
    }

    /**
     * Loads a model and tries it.
     *
     * @throws dev.sluice.sdk.actor.InvalidActorException where that cannot be done, with a sentence for the operator
     */
    static LoadedModel load(Path file, ModelConfig config, ModelContext context) {
        RuntimeSettings threads = Threading.first(config.runtime());
        ModelSession session = ModelSession.load(file, threads, context.allocator(), context.counted());
        boolean complete = false;
        try {
            List<TensorSpec> inputs = DeclaredInputs.of(session.signature(), config);
            // Not the pool's: what it is tried with may be large, and is wanted once.
            ByteBufAllocator once = UnpooledByteBufAllocator.DEFAULT;
            BatchTrial.Tried tried = new BatchTrial(session, config, context.mostRows(), once).run();
            LoadedModel model = new LoadedModel(
                    session,
                    config,
                    inputs,
                    tried.batching(),
                    examples(tried.sample(), once),
                    Division.whole(tried.batching().mostRows(), threads.batchThreads()));
            LoadedModel cheapest = new Threading(file, context).cheapest(model);
            log.info("{}: {}.", file, cheapest.division());
            complete = true;
            return cheapest;
        } finally {
            if (!complete) {
                session.close();
            }
        }
    }

    private static List<Example> examples(List<Tensor> sample, ByteBufAllocator allocator) {
        if (sample.isEmpty()) {
            return List.of();
        }
        InferResult request = InferRequests.binary(sample, allocator);
        sample.forEach(Tensor::release);
        byte[] body = ByteBufUtil.getBytes(request.body());
        request.body().release();
        return List.of(new Example(ModelMethods.CALL, body, request.mediaType()));
    }

    ModelSession session() {
        return session;
    }

    ModelConfig config() {
        return config;
    }

    List<TensorSpec> inputs() {
        return inputs;
    }

    Batching batching() {
        return batching;
    }

    /** How much of a batch is computed at once. */
    Division division() {
        return division;
    }

    /** An input that it takes; none where none was found. */
    List<Example> examples() {
        return new ArrayList<>(examples);
    }

    /** Whether it could be kept from being closed: it is not closed already. */
    boolean retain() {
        int before = users.get();
        while (before > 0) {
            if (users.compareAndSet(before, before + 1)) {
                return true;
            }
            before = users.get();
        }
        return false;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            session.close();
        }
    }
}
